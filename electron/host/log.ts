import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import pino from 'pino';

/** Bytes; a log that got larger is put aside, and the one put aside before it goes. */
const largestLog = 5 * 1024 * 1024;
/** Characters of one message or stack: what fails may carry its whole input in it. */
const longestText = 8_000;
/** Of one kind of error, that many entries are written in each period; the rest is counted. */
const entriesPerPeriod = 10;
const periodMs = 60_000;
/** Kinds of error that are told apart within a period. */
const mostKinds = 50;

export interface ReporterOptions {
  /** UTC milliseconds; for tests. */
  readonly now?: () => number;
}

/**
 * The log files of one data directory, 10 MiB at most, whoever causes errors however often. Opened
 * at the first line, so that a healthy start writes nothing. Only errors and their stacks go in:
 * never input, output or answers of a person.
 */
export function createReporter(
  dataDirectory: string,
  { now = Date.now }: ReporterOptions = {},
): (error: unknown) => void {
  const folder = path.join(dataDirectory, 'logs');
  const allowance = createAllowance(now);
  let file: LogFile | undefined;
  return (error) => {
    const left = allowance(kindOf(error));
    if (left === 'none') return;
    try {
      file ??= openLogFile(folder);
      file.write(error, left);
    } catch (cause) {
      // The log itself cannot be written (disk full, read-only): stderr is what is left.
      process.stderr.write(`${String(error)} (the log could not be written: ${String(cause)})\n`);
    }
  };
}

/** How many of a kind were left out before this one; `none`: this one is left out too. */
type Left = { readonly leftOut: number } | 'none';

function createAllowance(now: () => number): (kind: string) => Left {
  const kinds = new Map<string, { since: number; written: number; leftOut: number }>();
  return (name) => {
    // Errors whose text differs each time (it holds a name or a number) share what is left.
    const kind = kinds.has(name) || kinds.size < mostKinds ? name : 'other';
    const at = now();
    const known = kinds.get(kind);
    if (known === undefined || at - known.since >= periodMs || at < known.since) {
      if (known === undefined && kinds.size >= mostKinds) forgetOld(kinds, at);
      kinds.set(kind, { since: at, written: 1, leftOut: 0 });
      return { leftOut: known?.leftOut ?? 0 };
    }
    if (known.written >= entriesPerPeriod) {
      known.leftOut += 1;
      return 'none';
    }
    known.written += 1;
    return { leftOut: 0 };
  };
}

function forgetOld(kinds: Map<string, { since: number }>, at: number): void {
  for (const [kind, { since }] of kinds) if (at - since >= periodMs) kinds.delete(kind);
}

function kindOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message.slice(0, 200)}` : typeof error;
}

interface LogFile {
  write(error: unknown, left: { readonly leftOut: number }): void;
}

function openLogFile(folder: string): LogFile {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const dest = path.join(folder, 'rackhelm.log');
  let size = existsSync(dest) ? statSync(dest).size : 0;
  const open = () => pino.destination({ dest, sync: true, mode: 0o600 });
  if (size > largestLog) {
    renameSync(dest, `${dest}.1`);
    size = 0;
  }
  let destination = open();
  const counted = {
    write(line: string) {
      if (size > largestLog) {
        destination.end();
        renameSync(dest, `${dest}.1`);
        destination = open();
        size = 0;
      }
      size += Buffer.byteLength(line);
      destination.write(line);
    },
  };
  const logger = pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: describe } },
    counted,
  );
  return {
    write(error, { leftOut }) {
      const message = error instanceof Error ? error.message : String(error);
      const entry = leftOut > 0 ? { err: error, leftOutBefore: leftOut } : { err: error };
      logger.error(entry, message.slice(0, longestText));
    },
  };
}

/** The error without what else hangs on it: `data` of ours may name machines and files. */
function describe(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error).slice(0, longestText) };
  const { cause } = error;
  return {
    type: error.name,
    message: error.message.slice(0, longestText),
    stack: error.stack?.slice(0, longestText),
    ...('code' in error && { code: String(error.code) }),
    ...(cause !== undefined && depth < 5 && { cause: describe(cause, depth + 1) }),
  };
}
