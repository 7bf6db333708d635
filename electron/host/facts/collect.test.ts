import { describe, expect, it } from 'vitest';
import { RackhelmError } from '../../../shared/model/errors.ts';
import type { ExecOptions, ExecResult, RemoteShell } from '../connections/ssh/index.ts';
import { collectFacts } from './collect.ts';

type Answer = Partial<Omit<ExecResult, 'stdout' | 'stderr'>> & { stdout?: string; stderr?: string };

class FakeShell implements RemoteShell {
  readonly asked: { command: string; options: ExecOptions }[] = [];
  readonly #answer: (nonce: string) => Answer;

  constructor(answer: (nonce: string) => Answer) {
    this.#answer = answer;
  }

  async exec(command: string, options: ExecOptions): Promise<ExecResult> {
    this.asked.push({ command, options });
    const nonce = /'([0-9a-f]+)'/.exec(command)?.[1] ?? '';
    const { stdout = '', stderr = '', exitCode = 0, signalName = null } = this.#answer(nonce);
    return { stdout: Buffer.from(stdout), stderr: Buffer.from(stderr), exitCode, signalName };
  }
}

function collect(answer: (nonce: string) => Answer, shell = new FakeShell(answer)) {
  let clock = 1000;
  const now = () => (clock += 500);
  return collectFacts(shell, { script: 'SCRIPT', signal: new AbortController().signal, now });
}

const whole = (nonce: string) => ({
  stdout: `\n@@${nonce} begin 1\n\n@@${nonce} part uname\nLinux 6 x\n\n@@${nonce} exit 0\n\n@@${nonce} end\n`,
});

describe('collectFacts', () => {
  it('asks once, the script on stdin, with fresh marks each time', async () => {
    const shell = new FakeShell(whole);
    const facts = await collect(whole, shell);
    await collect(whole, shell);
    expect(facts).toMatchObject({ collectedAt: 2000, durationMs: 500 });
    expect(facts.sections.kernel.status).toBe('ok');
    const [first, second] = shell.asked;
    expect(first?.options.stdin).toBe('SCRIPT');
    expect(first?.command).toMatch(/^sh -s '[0-9a-f]{32}' 11$/);
    expect(first?.command).not.toBe(second?.command);
  });

  it.each<[string, string, Answer]>([
    [
      'SSH_NO_SHELL',
      'nologin',
      { stdout: 'This account is currently not available.\n', exitCode: 1 },
    ],
    ['SSH_NO_SHELL', '/bin/false', { exitCode: 1 }],
    ['SSH_NO_SHELL', 'a shell without sh', { stderr: 'sh: command not found', exitCode: 127 }],
    ['SSH_NO_SHELL', 'a command that is forced and silent', {}],
    ['SSH_OUTPUT_INVALID', 'a menu', { stdout: 'Main menu: 1) reboot' }],
    ['SSH_CONNECTION_LOST', 'a channel that ended without a word', { exitCode: null }],
    [
      'SSH_OUTPUT_INVALID',
      'a shell that was killed at once',
      { exitCode: null, signalName: 'KILL' },
    ],
  ])('throws %s for %s', async (code, _, answer) => {
    const error = await collect(() => answer).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(RackhelmError);
    expect(error).toMatchObject({ code });
  });

  const half = (nonce: string) => whole(nonce).stdout.replace(/\n@@\S+ end\n/, '');
  it('tells a lost connection from a script that ended early, and where', async () => {
    await expect(
      collect((nonce) => ({ stdout: half(nonce), exitCode: null })),
    ).rejects.toMatchObject({
      code: 'SSH_CONNECTION_LOST',
      message: expect.stringContaining('"uname"'),
    });
    await expect(
      collect((nonce) => ({ stdout: half(nonce), exitCode: null, signalName: 'SEGV' })),
    ).rejects.toMatchObject({
      code: 'SSH_OUTPUT_INVALID',
      message: expect.stringContaining('SEGV'),
      data: { lastPart: 'uname' },
    });
    await expect(collect((nonce) => ({ stdout: half(nonce), exitCode: 2 }))).rejects.toMatchObject({
      code: 'SSH_OUTPUT_INVALID',
    });
  });

  it('lets the errors of the shell through', async () => {
    const refused = new RackhelmError('SSH_OUTPUT_TOO_LARGE', 'too much');
    const shell: RemoteShell = { exec: () => Promise.reject(refused) };
    const options = { script: '', signal: new AbortController().signal };
    await expect(collectFacts(shell, options)).rejects.toBe(refused);
  });
});
