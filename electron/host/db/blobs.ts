import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { newId } from './ids.ts';
import { dataError } from './sqlite-errors.ts';

/**
 * Contents by their SHA-256, one file each beside the database: rows and history refer to them by
 * hash, so that nothing copies their bytes. A file is written whole or not at all and never changed.
 */
export interface Blobs {
  /** Begins a content that comes in pieces. */
  begin(): IncomingBlob;
  /** At most `length` bytes from there; undefined where the file is gone. */
  read(sha256: string, offset: number, length: number): Buffer | undefined;
  /** Whether there is nothing that could be taken away. */
  isEmpty(): boolean;
  /** Takes those away that are older than a day and not among these, and pieces that nobody ended. */
  clean(referred: ReadonlySet<string>): number;
}

export interface IncomingBlob {
  readonly size: number;
  append(bytes: Uint8Array): void;
  /** Saved for good when this ends, also after a power cut. */
  finish(): Promise<{ readonly sha256: string }>;
  abort(): void;
}

/** Somebody may be about to refer to a younger one. */
const youngMs = 24 * 60 * 60 * 1_000;
const hash = /^[0-9a-f]{64}$/;

export function createBlobs(dataDirectory: string): Blobs {
  const directory = join(dataDirectory, 'attachments');
  const fileOf = (sha256: string) => {
    if (!hash.test(sha256)) throw new Error('That is no SHA-256');
    return join(directory, sha256);
  };
  const guarded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw dataError(error, dataDirectory);
    }
  };
  return {
    begin: () =>
      guarded(() => {
        mkdirSync(directory, { recursive: true, mode: 0o700 });
        return incoming(join(directory, `incoming-${newId()}`), fileOf, dataDirectory);
      }),
    read(sha256, offset, length) {
      const file = fileOf(sha256);
      if (!existsSync(file)) return undefined;
      return guarded(() => readPart(file, offset, length));
    },
    isEmpty: () => guarded(() => !existsSync(directory) || readdirSync(directory).length === 0),
    clean: (referred) => guarded(() => clean(directory, referred)),
  };
}

function incoming(
  file: string,
  fileOf: (sha256: string) => string,
  dataDirectory: string,
): IncomingBlob {
  const descriptor = openSync(file, 'wx', 0o600);
  const digest = createHash('sha256');
  let size = 0;
  let isOpen = true;
  const close = () => {
    if (isOpen) closeSync(descriptor);
    isOpen = false;
  };
  return {
    get size() {
      return size;
    },
    append(bytes) {
      try {
        writeFileSync(descriptor, bytes);
      } catch (error) {
        throw dataError(error, dataDirectory);
      }
      digest.update(bytes);
      size += bytes.length;
    },
    async finish() {
      close();
      const sha256 = digest.digest('hex');
      try {
        await sync(file);
        // Also over an equal one: it is young again then, and not cleaned away.
        await rename(file, fileOf(sha256));
        return { sha256 };
      } catch (error) {
        rmSync(file, { force: true });
        throw dataError(error, dataDirectory);
      }
    },
    abort() {
      close();
      rmSync(file, { force: true });
    },
  };
}

/** Off the event loop: a slow disk may take its time. */
async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function readPart(file: string, offset: number, length: number): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, readSync(descriptor, bytes, 0, length, offset));
  } finally {
    closeSync(descriptor);
  }
}

/** A database that was set aside may come back, with all that it refers to. */
function isAnotherKept(directory: string): boolean {
  return readdirSync(dirname(directory)).some((name) => name.startsWith('rackhelm-damaged-'));
}

function clean(directory: string, referred: ReadonlySet<string>): number {
  if (!existsSync(directory) || isAnotherKept(directory)) return 0;
  let count = 0;
  for (const name of readdirSync(directory)) {
    const ours = hash.test(name) ? !referred.has(name) : name.startsWith('incoming-');
    const file = join(directory, name);
    if (!ours || Date.now() - statSync(file).mtimeMs < youngMs) continue;
    rmSync(file, { force: true });
    count += 1;
  }
  return count;
}
