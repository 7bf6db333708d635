import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, link, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { quote, type SshConnection } from '../connections/ssh/index.ts';
import { inPieces } from './in-pieces.ts';
import { RemoteFiles } from './remote-files.ts';

export interface Transfer {
  readonly connection: SshConnection;
  /** Absolute there, or from the home directory on. */
  readonly remote: string;
  /** Absolute here. */
  readonly local: string;
  /** Instead of a file that is there already. */
  readonly replace: boolean;
  readonly onProgress: (done: number, total: number) => void;
  readonly signal: AbortSignal;
}

interface Transferred {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
  /** Both sides told the same; false: the machine has nothing to tell it with. */
  readonly compared: boolean;
  /** Bytes that were there from a time before. */
  readonly resumed: number;
}

/** An unfinished file beside its place, found again by its name. */
const partOf = (file: string, { posix }: { posix: boolean }) => {
  const on = posix ? path.posix : path;
  return on.join(on.dirname(file), `.${on.basename(file)}.rackhelm-part`);
};

/** A file from a machine. Goes on where it broke off; compared by hash before it gets its name. */
export async function download(transfer: Transfer): Promise<Transferred> {
  return await withFiles(transfer, async (files) => {
    const { remote, local, replace, connection, signal } = transfer;
    const there = await files.stat(remote);
    if (there === null || !there.isFile()) throw noFile(files, remote);
    const file = (await isFolder(local)) ? path.join(local, path.posix.basename(remote)) : local;
    if (!replace && (await exists(file))) throw taken('LOCAL_FILE_EXISTS', file);
    const part = partOf(file, { posix: false });
    const hash = await remoteHash(connection, remote, signal);
    for (const resumes of [true, false]) {
      const resumed = await fetchInto(part, files, { transfer, size: there.size, resumes });
      const sha256 = await localHash(part);
      if (hash === null || hash === sha256) {
        await (replace ? rename(part, file) : keepNew(part, file));
        return { path: file, size: there.size, sha256, compared: hash !== null, resumed };
      }
      await rm(part, { force: true });
      // What was there from before was of another file; the whole of it is fetched once.
      if (resumed === 0) break;
    }
    throw differs(files.where, remote);
  });
}

interface Fetch {
  readonly transfer: Transfer;
  readonly size: number;
  readonly resumes: boolean;
}

async function fetchInto(part: string, files: RemoteFiles, { transfer, size, resumes }: Fetch) {
  const { remote, signal, onProgress } = transfer;
  const { sftp } = files;
  const before = resumes ? await stat(part).catch(() => null) : null;
  const from = pieceStart(before?.size ?? 0, size);
  const target = await open(part, from > 0 ? 'r+' : 'w', 0o600);
  try {
    const handle = await files.ask<Buffer>(remote, (done) => sftp.open(remote, 'r', done));
    const carry = async (buffer: Buffer, at: number) => {
      const count = await files.ask<number>(remote, (done) =>
        sftp.read(handle, buffer, 0, buffer.length, at, (error, read) => done(error, read)),
      );
      await target.write(buffer, 0, count, at);
      return count;
    };
    const told = (done: number) => onProgress(done, size);
    const { whole, failure } = await inPieces({ from, size, carry, onProgress: told, signal });
    sftp.close(handle, () => {}); // it was only read
    if (failure !== undefined) {
      await target.truncate(whole);
      throw failure;
    }
    await target.truncate(size);
    await target.sync();
    return from;
  } finally {
    await target.close();
  }
}

/** A file to a machine. Goes on where it broke off; compared by hash before it gets its name. */
export async function upload(transfer: Transfer): Promise<Transferred> {
  return await withFiles(transfer, async (files) => {
    const { remote, local, replace, connection, signal } = transfer;
    const source = await open(local, 'r').catch((error: unknown) => {
      throw new RackhelmError('LOCAL_FILE_FAILED', `${local} cannot be read.`, { cause: error });
    });
    try {
      const { size } = await source.stat();
      const asked = await files.stat(remote);
      const place = asked?.isDirectory() ? path.posix.join(remote, path.basename(local)) : remote;
      const before = place === remote ? asked : await files.stat(place);
      if (before !== null && !replace) throw taken('REMOTE_FILE_EXISTS', place);
      const part = partOf(place, { posix: true });
      const sha256 = await localHash(local);
      for (const resumes of [true, false]) {
        const resumed = await sendInto(part, files, { source, transfer, size, resumes });
        const hash = await remoteHash(connection, part, signal);
        if (hash === null || hash === sha256) {
          // Who may read it stays as it was; a new one is as the machine makes them.
          const mode = before === null ? 0o644 : before.mode & 0o7777;
          await files.ask<void>(part, (done) => files.sftp.chmod(part, mode, (e) => done(e)));
          await files.ask<void>(place, (done) =>
            files.sftp.ext_openssh_rename(part, place, (e) => done(e)),
          );
          return { path: place, size, sha256, compared: hash !== null, resumed };
        }
        await files.ask<void>(part, (done) => files.sftp.unlink(part, (e) => done(e)));
        if (resumed === 0) break;
      }
      throw differs(files.where, place);
    } finally {
      await source.close();
    }
  });
}

async function sendInto(
  part: string,
  files: RemoteFiles,
  { source, transfer, size, resumes }: Fetch & { readonly source: FileHandle },
): Promise<number> {
  const { signal, onProgress } = transfer;
  const { sftp } = files;
  const before = resumes ? await files.stat(part) : null;
  const from = pieceStart(before?.size ?? 0, size);
  const flags = from > 0 ? 'r+' : 'w';
  const handle = await files.ask<Buffer>(part, (done) => sftp.open(part, flags, 0o600, done));
  const carry = async (buffer: Buffer, at: number) => {
    const { bytesRead } = await source.read(buffer, 0, buffer.length, at);
    if (bytesRead === 0) return 0;
    await files.ask<void>(part, (done) =>
      sftp.write(handle, buffer, 0, bytesRead, at, (error) => done(error)),
    );
    return bytesRead;
  };
  const told = (done: number) => onProgress(done, size);
  const { whole, failure } = await inPieces({ from, size, carry, onProgress: told, signal });
  if (failure !== undefined) {
    const cut = (done: (error?: Error | null) => void) =>
      sftp.fsetstat(handle, { size: whole }, (error) => done(error));
    // With the connection it is gone as well; then the hash finds what is wrong.
    await files.ask<void>(part, (done) => cut((e) => done(e))).catch(() => {});
  }
  await files.ask<void>(part, (done) => sftp.close(handle, (e) => done(e))).catch(() => {}); // its end is told by the hash
  if (failure !== undefined) throw failure;
  return from;
}

async function withFiles<T>(transfer: Transfer, work: (files: RemoteFiles) => Promise<T>) {
  const files = await RemoteFiles.open(transfer.connection, transfer.signal);
  try {
    return await work(files);
  } catch (error) {
    if (transfer.signal.aborted) {
      throw new RackhelmError('SSH_CANCELLED', 'It was left; what was carried is kept.');
    }
    throw error;
  } finally {
    files.close();
  }
}

/** Pieces begin where they began the first time; a longer one is of another file. */
const pieceStart = (there: number, size: number) =>
  there > size ? 0 : there - (there % (32 * 1024));

async function localHash(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
    hash.update(piece as Buffer); // without an encoding it is bytes
  }
  return hash.digest('hex');
}

/** Null: nothing there tells it. */
async function remoteHash(
  connection: SshConnection,
  file: string,
  signal: AbortSignal,
): Promise<string | null> {
  const named = file.startsWith('/') ? file : `./${file}`;
  const command = `sha256sum < ${quote(named)} || shasum -a 256 < ${quote(named)} || sha256 -q < ${quote(named)}`;
  const { stdout } = await connection.exec(command, { signal, timeoutMs: 3_600_000 });
  return /^[0-9a-f]{64}(?=\s|$)/.exec(stdout.toString('latin1'))?.[0] ?? null;
}

const exists = (file: string) =>
  stat(file).then(
    () => true,
    () => false,
  );

const isFolder = (file: string) =>
  stat(file).then(
    (found) => found.isDirectory(),
    () => false,
  );

/** Unlike a rename, this fails where something came there meanwhile. */
async function keepNew(part: string, file: string): Promise<void> {
  try {
    await link(part, file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      throw taken('LOCAL_FILE_EXISTS', file);
    // Sticks and network shares know no links.
    await rename(part, file);
    return;
  }
  await rm(part, { force: true });
}

function noFile(files: RemoteFiles, file: string): RackhelmError {
  return new RackhelmError('REMOTE_FILE_MISSING', `${files.where} has no file ${file}.`);
}

function taken(code: 'LOCAL_FILE_EXISTS' | 'REMOTE_FILE_EXISTS', file: string): RackhelmError {
  return new RackhelmError(code, `A file of this name is there already: ${file}.`);
}

function differs(where: string, file: string): RackhelmError {
  return new RackhelmError(
    'REMOTE_FILE_FAILED',
    `What was carried of ${file} is not what ${where} has.`,
    { hint: 'It may change just now. Try again.' },
  );
}
