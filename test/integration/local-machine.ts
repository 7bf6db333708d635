import { spawn } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ExecOptions, ExecResult } from '../../electron/host/connections/ssh/index.ts';
import { SshMachine } from '../../electron/host/engine/machines/ssh-machine.ts';
import { SudoPassword } from '../../electron/host/engine/machines/sudo-password.ts';
import { makeScratch } from './scratch.ts';

/** All that a machine has whose tools are these words of a static busybox. */
const applets =
  'sh cat cp cut chmod df echo grep head id ln ls mkdir mv printf readlink rm rmdir sed setsid sha256sum sleep stat sync tr';

/** Its root directory, for chroot. */
export function busyboxRoot(): string {
  const root = makeScratch('busybox');
  for (const directory of ['bin', 'dev', 'proc']) mkdirSync(path.join(root, directory));
  copyFileSync('/bin/busybox', path.join(root, 'bin/busybox'));
  chmodSync(path.join(root, 'bin/busybox'), 0o755);
  for (const name of applets.split(' ')) symlinkSync('busybox', path.join(root, 'bin', name));
  writeFileSync(path.join(root, 'dev/zero'), Buffer.alloc(200_000));
  writeFileSync(path.join(root, 'dev/null'), '');
  return root;
}

/** Runs the command line as sshd would, by this login shell. */
export function localShell(program: string, args: readonly string[], pathVariable: string) {
  return {
    exec(command: string, { stdin = '', signal, onOutput }: ExecOptions): Promise<ExecResult> {
      const child = spawn(program, [...args, command], {
        env: { PATH: pathVariable, HOME: '/' },
        signal,
      });
      const output: { out: Buffer[]; err: Buffer[] } = { out: [], err: [] };
      for (const [name, stream] of [
        ['out', child.stdout],
        ['err', child.stderr],
      ] as const)
        stream.on('data', (chunk: Buffer) => {
          output[name].push(chunk);
          onOutput?.(name, chunk, { write: () => {}, end: () => {} });
        });
      child.stdin.end(stdin);
      const [stdout, stderr] = [() => Buffer.concat(output.out), () => Buffer.concat(output.err)];
      return new Promise((resolve, reject) => {
        child.on('error', reject);
        child.on('close', (exitCode, signalName) =>
          resolve({ stdout: stdout(), stderr: stderr(), exitCode, signalName }),
        );
      });
    },
  };
}

/** Scripts and files as on a machine over SSH, where the machine is this one or a part of it. */
export function localMachine(shell: ReturnType<typeof localShell>): SshMachine {
  const password = new SudoPassword(
    { user: 'root', host: 'local', port: 22 },
    async () => ({ kind: 'cancel' }),
    undefined,
  );
  return new SshMachine({ name: 'local', user: 'root', shell, password });
}

/** A machine that has busybox and nothing else. */
export function busyboxMachine(root: string): SshMachine {
  return localMachine(localShell('chroot', [root, '/bin/sh', '-c'], `${process.env.PATH}`));
}
