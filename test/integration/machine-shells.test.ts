import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { FakeMachine } from '../../electron/host/engine/machines/fake-machine.ts';
import { machineContract } from '../../electron/host/engine/machines/machine.contract.ts';
import type { SshMachine } from '../../electron/host/engine/machines/ssh-machine.ts';
import { RackhelmError } from '../../shared/model/errors.ts';
import { busyboxRoot, localMachine, localShell } from './local-machine.ts';
import { makeScratch } from './scratch.ts';
import { describeWith } from './sshd/index.ts';

/** A directory that holds nothing but `sh`, to come first on the PATH. */
function shellDirectory(shell: string): string {
  const directory = makeScratch('shell');
  symlinkSync(shell, path.join(directory, 'sh'));
  return directory;
}

/** Scripts and files are real, what else a machine does is made up. */
class LocalMachine extends FakeMachine {
  readonly #ssh: SshMachine;

  constructor(shell: ReturnType<typeof localShell>) {
    super({ name: 'local' });
    this.#ssh = localMachine(shell);
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
