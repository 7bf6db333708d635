import { rmSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { checkBackup } from './check.ts';
import { type BegunCopy, beginCopy, finishCopy, isCopyDue, takeCopy } from './copies.ts';

export interface DailyCopy {
  /** Ends a copy that runs, and takes no more by itself. */
  stop(): void;
  /** When one is due, takes it at once from the open handle. */
  takeIfDue(sqlite: Sqlite.Database): void;
}

export interface DailyCopyOptions {
  readonly file: string;
  readonly dataDirectory: string;
  /** A copy that failed endangers nothing that exists; whoever opened may want to say it. */
  readonly onProblem: (error: unknown) => void;
}

/** Not at once: opening shall be quick, and a command line is gone by then (it copies on close). */
const firstLook = 60_000;
const look = 60 * 60 * 1000;
/** Pages per slice: 1 MiB takes a few milliseconds, so that requests are answered in between. */
const pagesPerSlice = 256;

class Stopped extends Error {}

/** Were it kept, copies of a damaged database would soon have pushed out all good ones. */
function notKept(file: string, problem: string): RackhelmError {
  return new RackhelmError(
    'DATA_DAMAGED',
    `The daily copy was not kept, because the database ${file} is damaged: ${problem}.`,
    {
      data: { file, problem },
      hint: 'Start Rackhelm again: where the inventory is affected, it offers the newest good copy.',
    },
  );
}

/** Until something was entered there is nothing to keep, and a day would pass to the next copy. */
function isEmpty(sqlite: Sqlite.Database): boolean {
  return sqlite.prepare('SELECT 1 FROM change_set LIMIT 1').get() === undefined;
}

/** Keeps a copy that is at most a day old: in slices while the app runs, or at the end. */
export function keepDailyCopy(options: DailyCopyOptions): DailyCopy {
  let stopped = false;
  let running = false;

  const stopWhenTold = () => {
    if (stopped) throw new Stopped();
  };
  const copyInSlices = async () => {
    const source = new Sqlite(options.file, { readonly: true });
    try {
      if (!isEmpty(source)) await copyInto(beginCopy(options.dataDirectory, 'daily'), source);
    } finally {
      source.close();
    }
  };
  const copyInto = async (copy: BegunCopy, source: Sqlite.Database) => {
    try {
      await source.backup(copy.partial, {
        progress: () => {
          stopWhenTold();
          return pagesPerSlice;
        },
      });
      const problem = await checkBackup(copy.partial, stopWhenTold);
      if (problem !== undefined) throw notKept(options.file, problem);
      finishCopy(options.dataDirectory, copy);
    } catch (error) {
      rmSync(copy.partial, { force: true });
      if (!(error instanceof Stopped)) throw error;
    }
  };
  const copyWhenDue = async () => {
    if (running || stopped) return;
    running = true;
    try {
      if (isCopyDue(options.dataDirectory)) await copyInSlices();
    } finally {
      running = false;
    }
  };
  const lookNow = () => void copyWhenDue().catch(options.onProblem);
  const timers = [setTimeout(lookNow, firstLook).unref(), setInterval(lookNow, look).unref()];

  return {
    stop() {
      stopped = true;
      for (const timer of timers) clearInterval(timer);
    },
    takeIfDue(sqlite) {
      try {
        if (isCopyDue(options.dataDirectory) && !isEmpty(sqlite))
          takeCopy(sqlite, options.dataDirectory, 'daily');
      } catch (error) {
        options.onProblem(error);
      }
    },
  };
}
