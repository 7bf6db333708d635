import { execFileSync, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { describeWith, makeKey, TestBed } from './sshd/index.ts';

const cli = path.resolve(import.meta.dirname, '../../electron/cli.ts');

describeWith(['sshd', 'terminal'], 'signals while a secret is typed', () => {
  const bed = new TestBed();
  afterAll(() => bed.close());

  /** Waits for a prompt, lets `act` send signals, and tells how the terminal was left. */
  async function atPrompt(act: (pid: number, shown: () => string) => Promise<void>) {
    const key = makeKey(bed.directory, `locked-${Math.random()}`, { passphrase: 'open sesame' });
    const sshd = await bed.sshd({ authorized: [key.publicLine] });
    const config = path.join(bed.directory, 'ssh_config');
    writeFileSync(config, 'UserKnownHostsFile none\nGlobalKnownHostsFile none\n');
    const where = ['127.0.0.1', '-F', config, '-p', String(sshd.port), '-l', sshd.user];
    const data = path.join(bed.directory, `data-${sshd.port}`);
    const options = ['-i', key.path, '--data', data, '--accept-new-host-key'];
    const line = [process.execPath, cli, 'facts', ...where, ...options].join(' ');
    // The shell minds no signal of its own and looks at the terminal afterwards.
    const child = spawn('script', ['-qefc', `trap : HUP TERM; ${line}; stty -a`, '/dev/null'], {
      env: { ...process.env, SSH_AUTH_SOCK: '', SHELL: '/bin/sh' },
    });
    let shown = '';
    child.stdout.on('data', (chunk) => {
      shown += String(chunk);
    });
    const ended = new Promise((resolve) => child.once('close', resolve));
    while (!shown.includes('Passphrase of')) await pause(20);
    const pattern = `^${process.execPath} .*--data ${data}`;
    const pid = Number(execFileSync('pgrep', ['-f', pattern], { encoding: 'utf8' }));
    await act(pid, () => shown);
    await ended;
    return shown;
  }

  it.each(['SIGHUP', 'SIGTERM'] as const)('%s puts the terminal right', async (signal) => {
    const shown = await atPrompt(async (pid) => {
      process.kill(pid, signal);
    });
    expect(shown).toMatch(/[^-]icanon/);
    expect(shown).toMatch(/[^-]echo /);
  });

  it('SIGTSTP gives the terminal back, and SIGCONT asks anew without showing what is typed', async () => {
    const shown = await atPrompt(async (pid, soFar) => {
      process.kill(pid, 'SIGTSTP');
      const state = () => execFileSync('ps', ['-o', 'stat=', '-p', String(pid)]).toString();
      while (!state().startsWith('T')) await pause(20);
      process.kill(pid, 'SIGCONT');
      while (soFar().split('Passphrase of').length < 3) await pause(20);
      process.kill(pid, 'SIGTERM');
    });
    expect(shown).toMatch(/[^-]icanon/);
  });
});
