import { spawn } from 'node:child_process';
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { FileState, HeldMachine } from '../../../electron/host/engine/machines/index.ts';

type Run = HeldMachine['run'];

/** A machine that is a directory, with this computer's shell in it: what a job does there outlives it. */
export class DirectoryMachine implements HeldMachine {
  readonly name: string;
  readonly user = 'root';
  readonly at = 'here';
  readonly #root: string;

  constructor(name: string, root: string) {
    this.name = name;
    this.#root = root;
  }

  run: Run = async (script, { args = [] }) => {
    const at = Date.now();
    const shell = spawn('sh', ['-s', '--', ...args], { cwd: this.#root });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    shell.stdout.on('data', (piece: Buffer) => out.push(piece));
    shell.stderr.on('data', (piece: Buffer) => err.push(piece));
    shell.stdin.end(script);
    const exit = await new Promise<number | null>((done) => shell.on('close', done));
    const said = Buffer.concat(out).toString();
    const evidence = { ran: script, where: this.name, as: this.user, at, durationMs: 0, said };
    return {
      stdout: Buffer.concat(out),
      stderr: Buffer.concat(err),
      exitCode: exit,
      signalName: null,
      evidence: { ...evidence, cut: false, exit },
    };
  };

  async readFile(path: string): Promise<FileState | null> {
    const file = join(this.#root, path);
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat === undefined) return null;
    const { uid, gid } = stat;
    return { path, content: readFileSync(file), mode: stat.mode & 0o7777, uid, gid };
  }

  async writeFile({ path, content }: { path: string; content: Buffer | string }): Promise<void> {
    const file = join(this.#root, path);
    const descriptor = openSync(`${file}.part`, 'w');
    writeSync(descriptor, content.toString());
    fsyncSync(descriptor);
    closeSync(descriptor);
    renameSync(`${file}.part`, file);
  }

  async deleteFile(path: string): Promise<void> {
    rmSync(join(this.#root, path));
  }

  async bootId(): Promise<string> {
    return 'the same';
  }

  async reboot(): Promise<void> {}
  async freshLogin(): Promise<void> {}
  async moveTo(): Promise<void> {}
  expectHostKeys(): void {}
  async checkLock(): Promise<void> {}
  async release(): Promise<void> {}
}
