import { threadEntry, WorkerThread } from '../../worker/index.ts';
import type { JournalAsks } from './journal-thread.ts';
import type { JournalEntry } from './journal-writes.ts';

export interface WriteOptions {
  /** Default true: answered only when a power cut would not take it back. */
  readonly durable?: boolean;
}

/**
 * The journal of jobs, written by a thread with a connection of its own, so that neither a slow disk
 * nor another program's write holds up the host. What is asked while it writes goes into the next
 * transaction, in its order.
 */
export interface Journal {
  /**
   * Whether the entry found what it wanted; see JournalEntry. Rejects with DATA_DISK_FULL and the like:
   * nothing of it was written then.
   */
  write(entry: JournalEntry, options?: WriteOptions): Promise<boolean>;
  /** Transactions so far, and how many of them waited for the disk. */
  counts(): { readonly transactions: number; readonly syncs: number };
  /** Writes what waits, and ends the thread. */
  close(): Promise<void>;
}

interface Waiting {
  readonly entry: JournalEntry;
  readonly durable: boolean;
  readonly settle: (answer: boolean) => void;
  readonly fail: (error: unknown) => void;
}

/** So that one transaction stays short, whatever waits. */
const atOnce = 200;

export function openJournal(options: {
  readonly file: string;
  readonly identity: string;
}): Journal {
  const thread = new WorkerThread<JournalAsks>({
    entry: threadEntry(import.meta.url, 'journal-thread'),
    task: 'Writing the journal of jobs',
    idleMs: 60_000,
  });
  const waiting: Waiting[] = [];
  let writing: Promise<void> | undefined;
  let [transactions, syncs] = [0, 0];

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, atOnce);
      const durable = batch.some((one) => one.durable);
      transactions += 1;
      if (durable) syncs += 1;
      const entries = batch.map(({ entry }) => entry);
      try {
        const answer = await thread.run('write', { ...options, entries, durable });
        for (const [index, { settle }] of batch.entries()) settle(answer[index] === true);
      } catch (error) {
        for (const { fail } of batch) fail(error);
      }
    }
    writing = undefined;
  }

  return {
    write: (entry, { durable = true } = {}) =>
      new Promise((settle, fail) => {
        waiting.push({ entry, durable, settle, fail });
        writing ??= writeAll();
      }),
    counts: () => ({ transactions, syncs }),
    async close() {
      await writing;
      await thread.run('close', null).catch(() => {});
      await thread.close();
    },
  };
}
