import path from 'node:path';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { changedSince, isSameFile } from './file-state.ts';
import type { FileState } from './machine.ts';

/** One thing in the tree of a fake machine. */
export type FakeEntry =
  | {
      readonly content: string | Buffer;
      readonly mode?: number;
      readonly uid?: number;
      readonly gid?: number;
    }
  /** A link; relative to where it lies. */
  | { readonly link: string }
  | { readonly directory: true };

/** The file tree of a fake machine. Directories are there as soon as something is in them. */
export class FakeFiles {
  readonly #entries = new Map<string, FakeEntry>();

  constructor(files: Readonly<Record<string, string | FakeEntry>>) {
    for (const [name, entry] of Object.entries(files)) this.put(name, entry);
  }

  put(name: string, entry: string | FakeEntry): void {
    this.#entries.set(name, typeof entry === 'string' ? { content: entry } : entry);
  }

  drop(name: string): void {
    this.#entries.delete(name);
  }

  /** The text of a file, null where there is none. */
  text(name: string): string | null {
    return this.read(name)?.content.toString() ?? null;
  }

  /** Every path, sorted. */
  paths(): string[] {
    return [...this.#entries.keys()].sort();
  }

  read(name: string): FileState | null {
    const end = this.#follow(name);
    const entry = this.#entries.get(end);
    if (this.#holds(end)) throw noFile(name);
    if (entry === undefined) return null;
    if (!('content' in entry)) throw noFile(name);
    const { content, mode = 0o644, uid = 0, gid = 0 } = entry;
    return { path: name, content: Buffer.from(content), mode, uid, gid };
  }

  write(
    file: { readonly path: string; readonly content: Buffer | string; readonly mode?: number },
    expect: FileState | null,
  ): void {
    const now = this.read(file.path);
    if (!isSameFile(now, expect)) throw changedSince(file.path);
    const { mode = 0o644, uid = 0, gid = 0 } = now ?? {};
    this.#entries.set(this.#follow(file.path), {
      content: Buffer.from(file.content),
      mode: file.mode ?? mode,
      uid,
      gid,
    });
  }

  /** Deletes what a link leads to, as the real one does. */
  delete(name: string, expect: FileState): void {
    if (!isSameFile(this.read(name), expect)) throw changedSince(name);
    this.#entries.delete(this.#follow(name));
  }

  #holds(name: string): boolean {
    return [...this.#entries.keys()].some((other) => other.startsWith(`${name}/`));
  }

  #follow(name: string): string {
    let at = name;
    for (let links = 0; links < 40; links += 1) {
      const entry = this.#entries.get(at);
      if (entry === undefined || !('link' in entry)) return at;
      at = path.posix.resolve(path.posix.dirname(at), entry.link);
    }
    throw noFile(name);
  }
}

function noFile(name: string): RackhelmError {
  return new RackhelmError('MACHINE_FILE_ODD', `${name} is no regular file.`);
}
