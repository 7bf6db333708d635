import { randomBytes } from 'node:crypto';
import { type FileHandle, link, open, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { RackhelmError } from '../../../../../shared/model/errors.ts';

export interface LocalTarget {
  /** Absolute; a folder that is there, or the name of a file to be. */
  readonly to: string;
  /** What it is called where `to` is a folder. */
  readonly name: string;
  readonly replace: boolean;
}

/** A file that is there as a whole or not at all, and never takes the place of another unasked. */
export class LocalFile {
  readonly path: string;
  readonly #replace: boolean;
  readonly #part: string;
  readonly #handle: FileHandle;

  private constructor(file: string, replace: boolean, part: { path: string; handle: FileHandle }) {
    this.path = file;
    this.#replace = replace;
    this.#part = part.path;
    this.#handle = part.handle;
  }

  /** Throws LOCAL_FILE_EXISTS, LOCAL_FILE_FAILED. */
  static async begin({ to, name, replace }: LocalTarget): Promise<LocalFile> {
    const given = to.replace(/^~(?=$|[/\\])/, homedir());
    if (!path.isAbsolute(given)) {
      throw new RackhelmError('LOCAL_FILE_FAILED', 'Say in which folder, from the root on.');
    }
    const isFolder = (await statOf(given))?.isDirectory() === true;
    const file = isFolder ? path.join(given, safeName(name)) : path.normalize(given);
    const there = await statOf(file);
    if (there?.isDirectory()) throw exists(file, 'A folder');
    if (there !== null && !replace) throw exists(file, 'A file');
    const part = path.join(path.dirname(file), `.rackhelm-${randomBytes(6).toString('hex')}.part`);
    try {
      return new LocalFile(file, replace, { path: part, handle: await open(part, 'wx', 0o600) });
    } catch (error) {
      throw notWritten(error, path.dirname(file));
    }
  }

  async write(data: Buffer): Promise<void> {
    try {
      await this.#handle.writeFile(data);
    } catch (error) {
      throw notWritten(error, this.path);
    }
  }

  /** Gives it its name. Throws LOCAL_FILE_EXISTS where another came there meanwhile. */
  async keep(): Promise<void> {
    try {
      await this.#handle.sync();
      await this.#handle.close();
      if (this.#replace) return await rename(this.#part, this.path);
      // Unlike a rename, this fails where something stands there.
      await link(this.#part, this.path);
      await rm(this.#part, { force: true });
    } catch (error) {
      if (codeOf(error) === 'EEXIST') throw exists(this.path, 'A file');
      // Sticks and network shares know no links.
      if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(codeOf(error))) {
        throw notWritten(error, this.path);
      }
      if ((await statOf(this.path)) !== null) throw exists(this.path, 'A file');
      await rename(this.#part, this.path);
    }
  }

  /** Of what was not kept nothing is left. */
  async drop(): Promise<void> {
    await this.#handle.close().catch(() => {}); // it was kept
    await rm(this.#part, { force: true }).catch(() => {}); // its folder is gone too
  }
}

async function statOf(file: string) {
  return await stat(file).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null;
    throw notWritten(error, file);
  });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Of a name in a container nothing may lead to another folder of this computer, or hide there. */
function safeName(name: string): string {
  const plain = name.replace(/[\p{Cc}\p{Cf}/\\:*?"<>|]/gu, '_').replace(/^\.+/, '_');
  return plain.slice(0, 200) || 'file';
}

function exists(file: string, what: string): RackhelmError {
  return new RackhelmError('LOCAL_FILE_EXISTS', `${what} of this name is there already: ${file}.`);
}

function notWritten(error: unknown, where: string): RackhelmError {
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such folder',
    EACCES: 'this user may not write there',
    EPERM: 'this user may not write there',
    ENOSPC: 'the disk is full',
    EROFS: 'it is read-only',
    ENAMETOOLONG: 'the name is too long',
  };
  const why = reasons[codeOf(error)] ?? codeOf(error);
  return new RackhelmError('LOCAL_FILE_FAILED', `${where} cannot be written: ${why}.`, {
    cause: error,
  });
}
