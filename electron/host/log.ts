import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import pino, { type Logger } from 'pino';

/** Bytes; a larger log is put aside at the next start, and the one put aside before it goes. */
const largestLog = 5 * 1024 * 1024;

/**
 * The log file of one data directory. Opened at the first line, so that a healthy start writes
 * nothing. Only errors and their stacks go in: never input, output or answers of a person.
 */
export function createReporter(dataDirectory: string): (error: unknown) => void {
  let logger: Logger | undefined;
  const open = () => {
    const folder = path.join(dataDirectory, 'logs');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const dest = path.join(folder, 'rackhelm.log');
    if (existsSync(dest) && statSync(dest).size > largestLog) renameSync(dest, `${dest}.1`);
    return pino(
      { base: null, timestamp: pino.stdTimeFunctions.isoTime },
      pino.destination({ dest, sync: true, mode: 0o600 }),
    );
  };
  return (error) => {
    try {
      logger ??= open();
      logger.error({ err: error }, error instanceof Error ? error.message : String(error));
    } catch (cause) {
      // The log itself cannot be written (disk full, read-only): stderr is what is left.
      process.stderr.write(`${String(error)} (the log could not be written: ${String(cause)})\n`);
    }
  };
}
