import { RackhelmError } from '../../../../shared/model/errors.ts';
import { cancelled } from './errors.ts';
import { FileReader } from './foreign-file-reader.ts';
import type { FileProblem, ReadFile } from './foreign-file-request.ts';

/**
 * Files that Rackhelm did not write itself: keys, certificates, ssh configuration, known_hosts. They
 * may be pipes, devices, endless, or lie on a network mount that is gone. They are opened in a process
 * of their own, without waiting, have to be regular files, and are read within bounds.
 */
export type FileKind = 'key' | 'configuration' | 'known-hosts' | 'leases' | 'kubeconfig';

// A key of 16,384 bits has 13 KB; known_hosts of large sites have some ten thousands of lines.
const mostBytes: Readonly<Record<FileKind, number>> = {
  key: 1024 * 1024,
  configuration: 16 * 1024 * 1024,
  'known-hosts': 32 * 1024 * 1024,
  leases: 1024 * 1024,
  kubeconfig: 8 * 1024 * 1024,
};

/** Where the caller's own limit is further out, or there is none. */
const limitMs = 10_000;

/** Why a file could not be read. `what` goes behind its path: "is a folder, not a file". */
export class ForeignFileError extends Error {
  override readonly name = 'ForeignFileError';
  readonly problem: FileProblem;
  readonly what: string;
  /** What the operating system said, if anything: `EACCES`, … */
  readonly code: string | null;

  constructor(path: string, problem: FileProblem, code: string | null) {
    const what = sentences[problem];
    super(`${path} ${what}`);
    this.problem = problem;
    this.what = what;
    this.code = code;
  }
}

const sentences: Readonly<Record<FileProblem, string>> = {
  missing: 'does not exist',
  folder: 'is a folder, not a file',
  'not-a-file': 'is not a file',
  'too-large': 'is too large',
  unreadable: 'cannot be read',
};

export interface ForeignFileOptions {
  readonly kind: FileKind;
  /** Of the attempt: when it is cancelled or its time is up, so is the reading. */
  readonly signal?: AbortSignal | undefined;
}

const reader = new FileReader();

/**
 * Content, mode and owner of a file. Throws ForeignFileError; SSH_TIMEOUT where the file system does
 * not answer, SSH_CANCELLED (or the signal's RackhelmError) when the signal aborts.
 */
export async function readForeignFile(
  path: string,
  { kind, signal }: ForeignFileOptions,
): Promise<ReadFile> {
  const question = { kind: 'read' as const, path, maxBytes: mostBytes[kind] };
  const answer = await asked(path, () => reader.ask(question, limitMs, signal), signal);
  if (answer.kind === 'problem') throw new ForeignFileError(path, answer.problem, answer.code);
  if (answer.kind !== 'read') throw hung(path);
  return answer.file;
}

/** The paths that a glob(7) pattern means. Throws as readForeignFile does. */
export async function globForeignFiles(
  pattern: string,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const question = { kind: 'glob' as const, pattern };
  const answer = await asked(pattern, () => reader.ask(question, limitMs, signal), signal);
  if (answer.kind === 'problem') throw new ForeignFileError(pattern, answer.problem, answer.code);
  if (answer.kind !== 'glob') throw hung(pattern);
  return answer.paths;
}

/** Those of some paths that are there, whatever they are. Throws as readForeignFile does. */
export async function existingFiles(
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of paths) {
    // A path, not a pattern.
    const [there] = await globForeignFiles(path.replace(/[*?[\\]/g, '\\$&'), signal);
    if (there !== undefined) found.push(path);
  }
  return found;
}

async function asked<T>(path: string, ask: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  // No path of a file system holds one, and the system call would cut the path there.
  if (path.includes('\0')) throw new ForeignFileError(path.replaceAll('\0', '·'), 'missing', null);
  try {
    return await ask();
  } catch (error) {
    if (signal?.aborted) throw cancelled(signal);
    throw error;
  }
}

function hung(path: string): RackhelmError {
  return new RackhelmError(
    'SSH_TIMEOUT',
    `${path} cannot be read: its file system does not answer.`,
    {
      hint: 'It may lie on a network mount that is gone; check the mount, or use another file.',
      data: { file: path },
    },
  );
}
