import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { scriptText } from './scripts.ts';
import { startDirectory } from './start-steps.ts';

export interface FileOptions {
  /** Default 0644. */
  readonly mode?: number;
  readonly uid?: number;
  /** Default: the uid. */
  readonly gid?: number;
}

/** Directories whose permissions differ from 0755. */
const directoryModes: Readonly<Record<string, number>> = { root: 0o700, tmp: 0o1777 };

/**
 * Writes into a node's own layer before the node starts. The layer begins empty, so no symbolic link
 * can lead out of it; for the same reason paths must be the real ones (`/usr/sbin`, not `/sbin`).
 */
export class NodeFiles {
  readonly #layer: string;

  constructor(layer: string) {
    this.#layer = layer;
  }

  directory(name: string, options: FileOptions = {}): void {
    let made = this.#layer;
    for (const part of name.split('/').filter(Boolean)) {
      made = path.join(made, part);
      if (existsSync(made)) continue;
      mkdirSync(made);
      const relative = path.relative(this.#layer, made);
      chmodSync(made, directoryModes[relative] ?? 0o755);
    }
    if (options.mode !== undefined) chmodSync(made, options.mode);
    if (options.uid !== undefined) chownSync(made, options.uid, options.gid ?? options.uid);
  }

  write(name: string, content: string | Buffer, options: FileOptions = {}): void {
    const file = this.#prepare(name);
    writeFileSync(file, content);
    chmodSync(file, options.mode ?? 0o644);
    if (options.uid !== undefined) chownSync(file, options.uid, options.gid ?? options.uid);
  }

  program(name: string, ...lines: readonly string[]): void {
    this.write(name, `#!/bin/sh\n${lines.join('\n')}\n`, { mode: 0o755 });
  }

  link(name: string, target: string): void {
    symlinkSync(target, this.#prepare(name));
  }

  /** Run in the order of their names when the node starts, before it says that it is up. */
  startStep(name: string, ...lines: readonly string[]): void {
    this.program(`${startDirectory}/${name}`, ...lines);
  }

  /** The same with a file of scripts/. */
  startScript(name: string, script: string): void {
    this.write(`${startDirectory}/${name}`, scriptText(script), { mode: 0o755 });
  }

  #prepare(name: string): string {
    this.directory(path.dirname(name));
    const file = path.join(this.#layer, name);
    rmSync(file, { force: true });
    return file;
  }
}
