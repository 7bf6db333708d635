import type { ClusterKind } from '../../../../shared/cluster/kind.ts';
import { type ObjectReader, readLine, readPage } from '../../connections/kubernetes/index.ts';
import { threadEntry, WorkerThread } from '../../worker/index.ts';
import type { EntriesAsks } from './entries-thread.ts';
import type { ReadEntry } from './entry.ts';
import { making, specOf } from './making.ts';

/**
 * Makes entries of the JSON of one kind. They know of no other object: whoever holds them reads what is
 * unsettled again beside the others.
 */
export type EntryReader = ObjectReader<ReadEntry>;

export interface EntryReaders {
  of(kind: ClusterKind): EntryReader;
  close(): Promise<void>;
}

/** The parser's garbage dies young, and never grows beside what the host holds. */
const youngMib = 2;
/** A quiet cluster tells of something every now and then. */
const idleMs = 60_000;

/** Thousands of objects are read on a thread: neither the time nor the memory is the host's own. */
export function readersOnThread(): EntryReaders {
  const thread = new WorkerThread<EntriesAsks>({
    entry: threadEntry(import.meta.url, 'entries-thread'),
    task: 'Reading what the cluster tells',
    idleMs,
    maxYoungMib: youngMib,
  });
  return {
    of(kind) {
      const spec = specOf(kind);
      return {
        page: (answer) => {
          // A small one shares its memory with others; slice() of a Buffer would copy nothing.
          const whole = answer.buffer.byteLength === answer.length;
          const own = whole ? answer : new Uint8Array(answer);
          return thread.run('page', { spec, answer: own }, { transfer: [own.buffer] });
        },
        line: (line) => thread.run('line', { spec, line }),
      };
    },
    close: () => thread.close(),
  };
}

/** Where nothing else waits meanwhile: on the command line, and in tests. */
export function readersHere(): EntryReaders {
  return {
    of: (kind) => ({
      page: async (answer) => readPage(answer, making(kind)),
      line: async (line) => readLine(line, making(kind)),
    }),
    close: async () => {},
  };
}
