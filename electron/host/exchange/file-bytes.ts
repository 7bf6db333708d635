import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { largestFile } from '../../../shared/contract/exchange.ts';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { fileProblem } from './file-record.ts';

const pieceSize = 1024 * 1024;

/** Also of a pipe, which has no size. Throws FILE_INVALID beyond the limit, NOT_FOUND for no file. */
export async function readFileBounded(file: string): Promise<Buffer> {
  return await readAll(await openFile(file, constants.O_RDONLY), largestFile);
}

/** The same of an ordinary file alone: nothing is waited for. Throws FILE_INVALID for whatever else it is. */
export async function readOrdinaryFile(file: string, most: number): Promise<Buffer> {
  // A pipe would wait for whoever writes into it; neither exists on Windows, nor needs to.
  const { O_RDONLY, O_NONBLOCK = 0, O_NOCTTY = 0 } = constants;
  const handle = await openFile(file, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  if ((await handle.stat()).isFile()) return await readAll(handle, most);
  await handle.close();
  throw new RackhelmError('FILE_INVALID', `${file} is no ordinary file.`, {
    hint: 'Name one that holds the text.',
  });
}

/** Closes it. */
async function readAll(handle: FileHandle, most: number): Promise<Buffer> {
  try {
    const { size } = await handle.stat();
    if (size > most) throw tooLarge(most);
    const pieces: Buffer[] = [];
    let total = 0;
    for (;;) {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(pieceSize), 0, pieceSize, null);
      if (bytesRead === 0) return Buffer.concat(pieces);
      total += bytesRead;
      if (total > most) throw tooLarge(most);
      // What is packed is refused at its first bytes, not at its last.
      if (pieces.length === 0) refusePacked(buffer);
      pieces.push(buffer.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}

async function openFile(file: string, flags: number): Promise<FileHandle> {
  try {
    const handle = await open(file, flags);
    if (!(await handle.stat()).isDirectory()) return handle;
    await handle.close();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException; // of a file operation
    const why = code === 'EACCES' ? 'you may not read it' : 'there is none';
    throw new RackhelmError('NOT_FOUND', `${file} cannot be read: ${why}.`, {
      hint: 'Check the path.',
      cause: error,
    });
  }
  throw new RackhelmError('FILE_INVALID', `${file} is a directory.`, { hint: 'Name one file.' });
}

export function tooLarge(most = largestFile): RackhelmError {
  return new RackhelmError(
    'FILE_INVALID',
    `The file is larger than ${most / 1024 ** 2} MiB; nothing of it was read.`,
    { hint: 'Cut it into parts: a table by rows, an inventory by kinds without “whole: true”.' },
  );
}

const packed: readonly (readonly [name: string, start: readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['zip (or a spreadsheet such as .xlsx or .ods)', [0x50, 0x4b, 0x03, 0x04]],
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf]],
  ['an old .xls spreadsheet', [0xd0, 0xcf, 0x11, 0xe0]],
  ['PDF', [0x25, 0x50, 0x44, 0x46]],
  ['SQLite', [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20]],
];

function refusePacked(bytes: Uint8Array): void {
  const found = packed.find(([, start]) => start.every((byte, index) => bytes[index] === byte));
  if (found === undefined) return;
  throw new RackhelmError('FILE_INVALID', `This file is ${found[0]}, which is not read.`, {
    hint: 'Unpack it, or save the table as CSV, and import that.',
  });
}

export interface DecodedFile {
  readonly text: string;
  /** `UTF-8`, `UTF-16` or `Windows-1252`; the last is a guess where no other fits. */
  readonly encoding: string;
}

/** Throws FILE_INVALID for packed files and for bytes that are no text. */
export function decodeFile(bytes: Uint8Array): DecodedFile {
  refusePacked(bytes);
  const encoding = encodingOf(bytes);
  // Marks at the start are left out by the decoder.
  const text = new TextDecoder(encoding).decode(bytes).replaceAll(/\r\n?/g, '\n');
  const nul = text.indexOf('\0');
  if (nul !== -1) {
    const line = text.slice(0, nul).split('\n').length;
    throw fileProblem({ line, path: '' }, 'there are NUL bytes here, so that this is no text');
  }
  return { text, encoding: names[encoding] ?? encoding };
}

const names: Readonly<Record<string, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1252': 'Windows-1252',
};

function encodingOf(bytes: Uint8Array): string {
  const [first = 0, second = 0] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  // Without a mark, a table in UTF-16 has a zero beside each of its first letters.
  const start = bytes.subarray(0, 64);
  const zeros = (odd: number) => start.filter((byte, at) => at % 2 === odd && byte === 0).length;
  const half = start.length / 2;
  if (half >= 4 && zeros(1) > half * 0.8 && zeros(0) === 0) return 'utf-16le';
  if (half >= 4 && zeros(0) > half * 0.8 && zeros(1) === 0) return 'utf-16be';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}
