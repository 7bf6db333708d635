import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { FileAnswer, FileProblem, FileRequest, ReadFile } from './foreign-file-request.ts';
import { globFiles } from './glob-files.ts';

/** Answers one request; blocks for as long as the file system does. */
export function answerFileRequest(request: FileRequest): FileAnswer {
  const { id } = request;
  try {
    return request.kind === 'glob'
      ? { id, kind: 'glob', paths: globFiles(request.pattern) }
      : { id, kind: 'read', file: readRegularFile(request.path, request.maxBytes) };
  } catch (error) {
    if (error instanceof Refused)
      return { id, kind: 'problem', problem: error.problem, code: null };
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    const missing = code === 'ENOENT' || code === 'ENOTDIR';
    return { id, kind: 'problem', problem: missing ? 'missing' : 'unreadable', code };
  }
}

class Refused extends Error {
  readonly problem: FileProblem;

  constructor(problem: FileProblem) {
    super(problem);
    this.problem = problem;
  }
}

// Windows has neither of them.
const careful = (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

/** A pipe or device that took the place of a file in between may not make the open wait. */
function readRegularFile(path: string, maxBytes: number): ReadFile {
  // Before it is opened: opening a device may already do something.
  refuseUnlessFile(statSync(path), maxBytes);
  const descriptor = openSync(path, constants.O_RDONLY | careful);
  try {
    const status = fstatSync(descriptor);
    refuseUnlessFile(status, maxBytes);
    const content = readBounded(descriptor, maxBytes);
    return { content, mode: status.mode, uid: status.uid, gid: status.gid };
  } finally {
    closeSync(descriptor);
  }
}

function refuseUnlessFile(status: ReturnType<typeof fstatSync>, maxBytes: number): void {
  if (status.isDirectory()) throw new Refused('folder');
  if (!status.isFile()) throw new Refused('not-a-file');
  if (status.size > maxBytes) throw new Refused('too-large');
}

/** A file may grow while it is read, and those of /proc say nothing of their size. */
function readBounded(descriptor: number, maxBytes: number): Buffer {
  const parts: Buffer[] = [];
  let total = 0;
  for (;;) {
    const part = Buffer.allocUnsafe(64 * 1024);
    const length = readSync(descriptor, part, 0, part.length, null);
    if (length === 0) return Buffer.concat(parts);
    total += length;
    if (total > maxBytes) throw new Refused('too-large');
    parts.push(part.subarray(0, length));
  }
}
