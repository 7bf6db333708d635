import type { SFTPWrapper, Stats } from 'ssh2';
import { RackhelmError } from '../../../shared/model/errors.ts';
import type { SshConnection } from '../connections/ssh/index.ts';

export interface RemoteEntry {
  /** As it is there; letters that are no UTF-8 are replaced. */
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  /** Bytes. */
  readonly size: number;
  /** Permission bits alone: 0o644. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** UTC milliseconds. */
  readonly changedAt: number;
}

export interface RemoteFolder {
  readonly path: string;
  readonly entries: readonly RemoteEntry[];
  /** There are more than those. */
  readonly cut: boolean;
}

/** Entries of one folder that are read; nobody looks through more. */
const mostEntries = 100_000;

type Callback<T> = (error: Error | undefined | null, value: T) => void;

/** Files of a machine over SFTP, as promises that fail with codes of ours. */
export class RemoteFiles {
  readonly sftp: SFTPWrapper;
  readonly where: string;
  #lost: Error | null = null;
  readonly #onLost = new Set<(error: Error) => void>();

  private constructor(sftp: SFTPWrapper, where: string) {
    [this.sftp, this.where] = [sftp, where];
    const lost = () => {
      this.#lost ??= new RackhelmError(
        'SSH_CONNECTION_LOST',
        `The files of ${where} were cut off.`,
      );
      for (const tell of [...this.#onLost]) tell(this.#lost);
    };
    sftp.on('error', lost);
    sftp.on('close', lost);
  }

  /** Throws SFTP_MISSING, SSH_CONNECTION_LOST. */
  static async open(connection: SshConnection, signal: AbortSignal): Promise<RemoteFiles> {
    const { host } = connection.resolved;
    try {
      return new RemoteFiles(await connection.sftp(signal), host);
    } catch (error) {
      if (!(error instanceof RackhelmError) || error.code !== 'SSH_NO_SHELL') throw error;
      throw new RackhelmError('SFTP_MISSING', `${host} offers no files over SFTP.`, {
        cause: error,
      });
    }
  }

  close(): void {
    this.sftp.end();
  }

  /** One request, which fails also when the connection goes while nothing answers. */
  async ask<T>(path: string, request: (done: Callback<T>) => void): Promise<T> {
    if (this.#lost !== null) throw this.#lost;
    return await new Promise<T>((resolve, reject) => {
      this.#onLost.add(reject);
      request((error, value) => {
        this.#onLost.delete(reject);
        if (error) reject(this.#told(error, path));
        else resolve(value);
      });
    });
  }

  /** Null: nothing is there. A link is followed. */
  async stat(path: string): Promise<Stats | null> {
    return await this.ask<Stats>(path, (done) => this.sftp.stat(path, done)).catch(
      (error: unknown) => {
        if (error instanceof RackhelmError && error.code === 'REMOTE_FILE_MISSING') return null;
        throw error;
      },
    );
  }

  async list(path: string): Promise<RemoteFolder> {
    const full = await this.ask<string>(path, (done) => this.sftp.realpath(path, done));
    const handle = await this.ask<Buffer>(path, (done) => this.sftp.opendir(full, done));
    const entries: RemoteEntry[] = [];
    try {
      while (entries.length < mostEntries) {
        const part = await this.#readFolder(handle, full);
        if (part === null) return { path: full, entries, cut: false };
        entries.push(...part);
      }
      return { path: full, entries: entries.slice(0, mostEntries), cut: true };
    } finally {
      this.sftp.close(handle, () => {}); // whatever was read was read
    }
  }

  /** Null: that was all. */
  async #readFolder(handle: Buffer, path: string): Promise<RemoteEntry[] | null> {
    type Part = readonly { readonly filename: string; readonly attrs: Stats }[];
    const part = await this.ask<Part | null>(path, (done) =>
      this.sftp.readdir(handle, (error, list) => {
        const isEnd = error !== undefined && error !== null && codeOf(error) === 1;
        done(isEnd ? null : error, isEnd ? null : list);
      }),
    );
    if (part === null) return null;
    return part
      .filter(({ filename }) => filename !== '.' && filename !== '..')
      .map(({ filename: name, attrs }) => ({ name, ...entryOf(attrs) }));
  }

  #told(error: Error, path: string): RackhelmError {
    const { where } = this;
    switch (codeOf(error)) {
      case 2:
        return new RackhelmError('REMOTE_FILE_MISSING', `${where} has no ${path}.`);
      case 3:
        return new RackhelmError(
          'REMOTE_FILE_DENIED',
          `This user may not use ${path} on ${where}.`,
        );
      default:
        return new RackhelmError(
          'REMOTE_FILE_FAILED',
          `${path} on ${where} could not be used: ${error.message}.`,
          { cause: error },
        );
    }
  }
}

function codeOf(error: Error): unknown {
  return 'code' in error ? error.code : null;
}

function entryOf(attrs: Stats): Omit<RemoteEntry, 'name'> {
  const kind = attrs.isDirectory()
    ? 'folder'
    : attrs.isSymbolicLink()
      ? 'link'
      : attrs.isFile()
        ? 'file'
        : 'other';
  const { size, uid, gid } = attrs;
  return { kind, size, uid, gid, mode: attrs.mode & 0o7777, changedAt: attrs.mtime * 1000 };
}
