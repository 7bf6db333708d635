import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { describeWith, makeKey, type Sshd, TestBed } from './sshd/index.ts';

const cli = path.resolve(import.meta.dirname, '../../electron/cli.ts');

/** What to type, each after the text that it answers has appeared. */
type Dialogue = readonly (readonly [prompt: string, typed: string])[];

interface Ended {
  readonly code: number | null;
  /** Everything that the terminal showed. */
  readonly shown: string;
}

describeWith(['sshd', 'terminal'], 'questions at a terminal', () => {
  const bed = new TestBed();
  afterAll(() => bed.close());
  let runs = 0;

  /** Runs the command line on a pseudo-terminal of its own. */
  async function run(sshd: Sshd, identity: string, dialogue: Dialogue): Promise<Ended> {
    runs += 1;
    // The configuration and the agent of whoever runs this are no part of the question.
    const config = path.join(bed.directory, 'ssh_config');
    writeFileSync(config, 'UserKnownHostsFile none\nGlobalKnownHostsFile none\n');
    const where = ['127.0.0.1', '-F', config, '-p', String(sshd.port), '-l', sshd.user];
    const data = path.join(bed.directory, `data-${runs}`);
    return await typed(['facts', ...where, '-i', identity, '--data', data], dialogue);
  }

  async function typed(words: readonly string[], dialogue: Dialogue): Promise<Ended> {
    const line = [process.execPath, cli, ...words];
    const child = spawn('script', ['-qefc', line.join(' '), '/dev/null'], {
      env: { ...process.env, SSH_AUTH_SOCK: '', SHELL: '/bin/sh' },
    });
    const open = [...dialogue];
    let shown = '';
    let seen = 0;
    child.stdout.on('data', (chunk) => {
      shown += String(chunk);
      const [next] = open;
      const at = next === undefined ? -1 : shown.indexOf(next[0], seen);
      if (next === undefined || at === -1) return;
      open.shift();
      seen = at + next[0].length;
      child.stdin.write(next[1]);
    });
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    expect(open).toEqual([]);
    return { code, shown };
  }

  async function machine(options: Parameters<TestBed['sshd']>[0] = {}): Promise<Sshd> {
    return bed.sshd({ config: [`SetEnv HOME=${bed.directory}`], ...options });
  }

  it('take a host key for "yes", and nothing else', async () => {
    const sshd = await machine();
    const yes = await run(sshd, bed.key.path, [['Type yes', 'yes\r']]);
    expect(yes.shown).toContain('Kernel');
    expect(yes.code).toBe(0);
    const no = await run(sshd, bed.key.path, [['Type yes', 'y\r']]);
    expect(no).toMatchObject({ code: 3, shown: expect.stringContaining('was not accepted') });
  });

  it('take a passphrase, which never shows', async () => {
    const key = makeKey(bed.directory, 'locked', { passphrase: 'open sesame' });
    const sshd = await machine({ authorized: [key.publicLine] });
    const { code, shown } = await run(sshd, key.path, [
      ['Type yes', 'yes\r'],
      ['Passphrase of', 'wrong one\r'],
      ['Passphrase of', 'open sesame\r'],
    ]);
    expect(shown).toContain('Kernel');
    expect(shown).not.toMatch(/wrong one|open sesame/);
    expect(code).toBe(0);
  });

  it('take anything but "yes" to a plan as no, which ends as an interrupted command', async () => {
    const data = path.join(bed.directory, 'plans');
    const at = ['--data', data];
    await typed(['add-many', 'pi-1', ...at], []);
    const declined = await typed(['offboard', 'pi-1', ...at], [['Type yes', 'y\r']]);
    expect(declined).toMatchObject({ code: 130, shown: expect.stringContaining('Nothing was') });
    expect((await typed(['offboard', 'pi-1', ...at], [['Type yes', 'yes\r']])).code).toBe(0);
    const again = await typed(['offboard', 'pi-1', ...at], []);
    expect(again).toMatchObject({ shown: expect.stringContaining('retired already') });
  });

  it.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('end with %s as an interrupted command', async (_, typed) => {
    const { code } = await run(await machine(), bed.key.path, [['Type yes', typed]]);
    expect(code).toBe(130);
  });
});
