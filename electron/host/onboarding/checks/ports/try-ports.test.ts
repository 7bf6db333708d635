import { describe, expect, it } from 'vitest';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import type { RunOptions, RunResult } from '../../../engine/machines/index.ts';
import { readListening, readTries } from './answers.ts';
import { type PortMachine, portsPlan, tryPorts } from './try-ports.ts';

interface Acting {
  readonly listens: readonly string[];
  readonly tries: readonly string[];
  /** What is said from the second time on. */
  readonly later?: readonly string[];
  readonly fails?: 'listen' | 'try';
}

/** A machine that answers as the script would; its listener ends when it is told to. */
function acting(
  name: string,
  role: PortMachine['role'],
  { listens, tries, later, fails }: Acting,
): PortMachine & { readonly ended: () => boolean } {
  let ended = false;
  let said = tries;
  const result = (stdout: string): RunResult => ({
    stdout: Buffer.from(stdout),
    stderr: Buffer.alloc(0),
    exitCode: 0,
    signalName: null,
    evidence: {
      ran: 'try',
      where: name,
      as: 'ada',
      at: 0,
      durationMs: 1,
      said: stdout,
      cut: false,
      exit: 0,
    },
  });
  const run = async (_script: string, options: RunOptions): Promise<RunResult> => {
    const [nonce = '', , way = ''] = options.args ?? [];
    if (fails === way) throw new RackhelmError('SSH_UNREACHABLE', `${name} is gone.`);
    if (way === 'try') {
      const now = said;
      said = later ?? said;
      return result(
        `\n@@${nonce} begin 1\n\n@@${nonce} part try\n${now.join('\n')}\n\n@@${nonce} exit 0\n\n@@${nonce} end\n`,
      );
    }
    for (const line of [...listens, 'ready']) options.onLine?.('out', line);
    await new Promise((resolve) => options.signal.addEventListener('abort', resolve));
    ended = true;
    throw new RackhelmError('SSH_CANCELLED', 'It was cancelled.');
  };
  const machine = { name, user: 'ada', run };
  const address = `10.0.0.${name.at(-1)}`;
  return { machine, subject: { id: null, name }, role, address, ended: () => ended };
}

const signal = new AbortController().signal;
const all = ['listen 6443/tcp own', 'listen 10250/tcp own', 'listen 8472/udp own'];

async function outcome(server: Acting, worker: Acting) {
  const machines = [acting('s1', 'control-plane', server), acting('w2', 'worker', worker)] as const;
  const results = await tryPorts(machines, { script: '', signal, readyMs: 50, pauseMs: 1 });
  expect(machines.map(({ ended }) => ended())).toEqual([!server.fails, !worker.fails]);
  return Object.fromEntries(
    results.map(({ subject, part, status }) => [`${subject.name} ${part}`, status]),
  );
}

describe('ports between two machines', () => {
  it('are those that their roles need, and everything ends afterwards', async () => {
    const server = {
      listens: all,
      tries: ['try 10.0.0.2/10250/tcp open', 'try 10.0.0.2/8472/udp open'],
    };
    const worker = {
      listens: all.slice(1),
      tries: [
        'try 10.0.0.1/6443/tcp open',
        'try 10.0.0.1/10250/tcp open',
        'try 10.0.0.1/8472/udp open',
      ],
    };
    expect(await outcome(server, worker)).toEqual({
      's1 6443/tcp from w2': 'pass',
      's1 10250/tcp from w2': 'pass',
      's1 8472/udp from w2': 'pass',
      'w2 10250/tcp from s1': 'pass',
      'w2 8472/udp from s1': 'pass',
    });
  });

  it('tell refused, silent, taken and another that answers apart', async () => {
    const server = {
      listens: [
        'listen 6443/tcp taken Address in use',
        'listen 10250/tcp own',
        'listen 8472/udp no nc',
      ],
      tries: [
        'try 10.0.0.2/10250/tcp silent no answer',
        'try 10.0.0.2/8472/udp failed No route to host',
      ],
    };
    const worker = {
      listens: all.slice(1),
      tries: [
        'try 10.0.0.1/6443/tcp other connected, and nothing was said',
        'try 10.0.0.1/10250/tcp refused Connection refused',
        'try 10.0.0.1/8472/udp silent no answer',
      ],
    };
    expect(await outcome(server, worker)).toEqual({
      's1 6443/tcp from w2': 'pass',
      's1 10250/tcp from w2': 'fail',
      's1 8472/udp from w2': 'unknown',
      'w2 10250/tcp from s1': 'fail',
      'w2 8472/udp from s1': 'fail',
    });
  });

  it('are tried again where they are refused though we listen: some take one at a time', async () => {
    const tries = ['try 10.0.0.2/10250/tcp open', 'try 10.0.0.2/8472/udp open'];
    const server = { listens: all, tries };
    const busy = [
      'try 10.0.0.1/6443/tcp refused busy',
      'try 10.0.0.1/10250/tcp open',
      'try 10.0.0.1/8472/udp open',
    ];
    const worker = { listens: all.slice(1), tries: busy, later: ['try 10.0.0.1/6443/tcp open'] };
    expect(await outcome(server, worker)).toMatchObject({ 's1 6443/tcp from w2': 'pass' });
  });

  it('are unknown where a machine cannot be asked, or has nothing to ask with', async () => {
    const gone = { listens: all, tries: [], fails: 'listen' as const };
    const bare = { listens: all, tries: ['no-tool'] };
    const statuses = Object.values(await outcome(gone, bare));
    expect(new Set(statuses)).toEqual(new Set(['unknown']));
  });

  it('believe no line that the script would not print', () => {
    const lies = [
      'try 10.0.0.2/10250/tcp',
      'try ;rm/1/tcp open',
      'open',
      'try 1.1.1.1/99999999/tcp open',
    ];
    expect(readTries({ end: 0, text: lies.join('\n') }).tries.size).toBe(0);
    expect(readListening(['listen 6443 own', 'listen x/tcp own', 'ready']).ports.size).toBe(0);
    const endless = Array.from(
      { length: 100_000 },
      (_, n) => `try 10.0.0.1/${n % 65_536}/tcp open`,
    );
    expect(readTries({ end: 0, text: endless.join('\n') }).tries.size).toBeLessThanOrEqual(2_000);
  });

  it('are told in the plan before anybody agrees', () => {
    const machines = [
      acting('s1', 'control-plane', { listens: [], tries: [] }),
      acting('w2', 'worker', { listens: [], tries: [] }),
    ];
    expect(portsPlan(machines)).toMatchObject([
      { kind: 'note', text: expect.stringContaining('6443/tcp') },
      { kind: 'note', text: expect.not.stringContaining('6443/tcp') },
    ]);
  });

  it('are tried between so many machines at once and no more', async () => {
    const many = Array.from({ length: 17 }, (_, n) =>
      acting(`w${n}`, 'worker', { listens: [], tries: [] }),
    );
    await expect(tryPorts(many, { script: '', signal })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
  });
});
