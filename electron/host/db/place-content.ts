import type { BigIntStats } from 'node:fs';
import type Sqlite from 'better-sqlite3';

export interface ContentWatch {
  /** Whether somebody wrote into the file who is not SQLite, as `cp` does. */
  isForeign(): boolean;
  written(): void;
}

interface Seen {
  /** Time of the last change and size. */
  readonly content: string;
  /** Number of pages of the log, and how many of them stand in the file too. */
  readonly log: string;
  /** Changes when another connection commits. */
  readonly version: number;
}

/**
 * With a write-ahead log the file changes only when SQLite carries the log into it, which it keeps
 * count of: a file that changed without that was changed by somebody else. The count is asked of
 * SQLite, since opening and closing its files beside it would drop its locks (POSIX). Windows dates
 * a file when it is closed, too late for this, and lets nobody overwrite it either.
 */
export function watchContent(
  sqlite: Sqlite.Database,
  stat: () => BigIntStats | undefined,
): ContentWatch {
  let known: Seen | undefined;
  const see = (): Seen | undefined => {
    const now = stat();
    if (now === undefined || sqlite.inTransaction || !sqlite.open) return undefined;
    const [row] = sqlite.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[]; // as sqlite.org/pragma.html has it
    const version = Number(sqlite.pragma('data_version', { simple: true }));
    return {
      content: `${now.mtimeNs}/${now.size}`,
      log: `${row?.log}/${row?.checkpointed}`,
      version,
    };
  };
  return {
    isForeign() {
      if (process.platform === 'win32') return false;
      const now = see();
      if (now === undefined) return false;
      const foreign =
        known !== undefined &&
        known.content !== now.content &&
        known.log === now.log &&
        known.version === now.version;
      if (!foreign) known = now;
      return foreign;
    },
    written() {
      known = see() ?? known;
    },
  };
}
