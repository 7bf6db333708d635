import { spawn } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { ExecOptions, ExecResult } from '../../electron/host/connections/ssh/index.ts';
import { FakeMachine } from '../../electron/host/engine/machines/fake-machine.ts';
import { machineContract } from '../../electron/host/engine/machines/machine.contract.ts';
import { SshMachine } from '../../electron/host/engine/machines/ssh-machine.ts';
import { SudoPassword } from '../../electron/host/engine/machines/sudo-password.ts';
import { RackhelmError } from '../../shared/model/errors.ts';
import { makeScratch } from './scratch.ts';
import { describeWith } from './sshd/index.ts';

/** All that a machine has whose tools are these words of a static busybox. */
const applets =
  'sh cat cp cut chmod df echo grep head id ln ls mkdir mv printf readlink rm sha256sum sleep stat sync tr';

function busyboxRoot(): string {
  const root = makeScratch('busybox');
  for (const directory of ['bin', 'dev', 'proc']) mkdirSync(path.join(root, directory));
  copyFileSync('/bin/busybox', path.join(root, 'bin/busybox'));
  chmodSync(path.join(root, 'bin/busybox'), 0o755);
  for (const name of applets.split(' ')) symlinkSync('busybox', path.join(root, 'bin', name));
  writeFileSync(path.join(root, 'dev/zero'), Buffer.alloc(200_000));
  writeFileSync(path.join(root, 'dev/null'), '');
  return root;
}

/** A directory that holds nothing but `sh`, to come first on the PATH. */
function shellDirectory(shell: string): string {
  const directory = makeScratch('shell');
  symlinkSync(shell, path.join(directory, 'sh'));
  return directory;
}

/** Runs the command line as sshd would, by this login shell. */
function localShell(program: string, args: readonly string[], pathVariable: string) {
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

/** Scripts and files are real, what else a machine does is made up. */
class LocalMachine extends FakeMachine {
  readonly #ssh: SshMachine;

  constructor(shell: ReturnType<typeof localShell>) {
    super({ name: 'local' });
    const password = new SudoPassword(
      { user: 'root', host: 'local', port: 22 },
      async () => ({ kind: 'cancel' }),
      undefined,
    );
    this.#ssh = new SshMachine({ name: 'local', user: 'root', shell, password });
  }

  override run = async (...args: Parameters<FakeMachine['run']>) => {
    if (args[1].signal.aborted) throw new RackhelmError('SSH_CANCELLED', 'It was cancelled.');
    return this.#ssh.run(...args);
  };
  override readFile = (...args: Parameters<FakeMachine['readFile']>) =>
    this.#ssh.files.readFile(...args);
  override writeFile = (...args: Parameters<FakeMachine['writeFile']>) =>
    this.#ssh.files.writeFile(...args);
  override deleteFile = (...args: Parameters<FakeMachine['deleteFile']>) =>
    this.#ssh.files.deleteFile(...args);
}

describeWith(['root'], 'scripts on machines', () => {
  let root = '';
  let made = 0;
  let bash = '';
  const scratch: string[] = [];
  beforeAll(() => {
    [root, bash] = [busyboxRoot(), shellDirectory('/bin/bash')];
    scratch.push(root, bash);
  });
  afterAll(() => {
    for (const directory of scratch) rmSync(directory, { recursive: true, force: true });
  });

  const contractOf = (
    name: string,
    shell: () => ReturnType<typeof localShell>,
    prefix: () => string,
  ) =>
    machineContract(name, async () => {
      made += 1;
      const dir = `/tmp/work-${process.pid}-${made}`;
      const outside = (file: string) => path.join(prefix(), file);
      mkdirSync(outside(dir), { recursive: true });
      scratch.push(outside(dir));
      return {
        machine: new LocalMachine(shell()),
        dir,
        put: async (file, content, mode) => {
          writeFileSync(outside(file), content);
          chmodSync(outside(file), mode);
        },
        link: async (file, target) => symlinkSync(target, outside(file)),
        makeDirectory: async (file) => {
          mkdirSync(outside(file));
        },
        answer: () => {},
      };
    });

  contractOf(
    'busybox alone',
    () => localShell('chroot', [root, '/bin/sh', '-c'], `${process.env.PATH}`),
    () => root,
  );
  contractOf(
    'bash in place of sh',
    () => localShell('/bin/sh', ['-c'], `${bash}:${process.env.PATH}`),
    () => '',
  );
});
