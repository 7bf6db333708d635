import { setTimeout } from 'node:timers/promises';
import { RackhelmError } from '../../../shared/model/errors.ts';
import type { Finding } from '../../../shared/model/lint.ts';
import { type Database, newId } from '../db/index.ts';
import { threadEntry, WorkerThread } from '../worker/index.ts';
import type { LintAsks, LintPlace } from './lint-asks.ts';
import type { DraftInput, FindingPage, FindingQuery } from './lint-engine.ts';

type Source = 'app' | 'cli';

/** What of the inventory contradicts itself: looked for on a thread, silenced with a reason. */
export interface Lint {
  list(query: FindingQuery): Promise<FindingPage>;
  of(input: { readonly ids: readonly string[] }): Promise<Finding[]>;
  preview(draft: DraftInput): Promise<Finding[]>;
  close(): Promise<void>;
}

interface Needs {
  readonly database: Database;
  readonly dataDirectory: string;
  /** Milliseconds until it may begin: the first screen wants the processor for itself. */
  readonly afterMs?: number;
}

export function createLint({ database, dataDirectory, afterMs = 0 }: Needs): Lint {
  const thread = new WorkerThread<LintAsks>({
    entry: threadEntry(import.meta.url, 'lint-thread'),
    task: 'Looking for contradictions',
    idleMs: 60_000,
  });
  // A thread may outlive a host of the same process, in tests for one.
  const host = newId();
  let changes = 0;
  const begin = setTimeout(afterMs, undefined, { ref: false });
  const unsubscribe = database.subscribe(() => {
    changes += 1;
  });
  const place = (): LintPlace => ({
    dataDirectory,
    beside: database.identity,
    stamp: `${host} ${changes}`,
  });
  return {
    async list(query) {
      await begin;
      return await thread.run('list', { place: place(), query });
    },
    async of({ ids }) {
      await begin;
      return await thread.run('of', { place: place(), ids });
    },
    preview: (draft) => thread.run('preview', { place: place(), draft }),
    async close() {
      unsubscribe();
      await thread.close();
    },
  };
}

/** Silencing is a change set as any other, so that it can be undone and is told of in the history. */
export interface Silencing {
  /** Throws INVALID_INPUT without a reason. */
  silence(
    input: { readonly keys: readonly string[]; readonly reason: string },
    source?: Source,
  ): { changeSetId: string };
  /** Tells of them again; keys that nobody silenced change nothing. */
  unsilence(input: { readonly keys: readonly string[] }, source?: Source): { changeSetId: string };
}

export function createSilencing(database: Database): Silencing {
  const { suppressions } = database.tables;
  const many = (keys: readonly string[]) =>
    keys.length === 1 ? 'a finding' : `${keys.length} findings`;
  return {
    silence({ keys, reason }, source = 'app') {
      const told = reason.trim();
      if (told === '') {
        throw new RackhelmError('INVALID_INPUT', 'Say why, so that it can be understood later.', {
          data: { field: 'reason' },
        });
      }
      const { changeSetId } = database.change({ title: `Silenced ${many(keys)}`, source }, () => {
        for (const key of keys) suppressions.put(key, told);
      });
      return { changeSetId };
    },
    unsilence({ keys }, source = 'app') {
      const title = `Told of ${many(keys)} again`;
      const { changeSetId } = database.change({ title, source }, () => {
        for (const key of keys) suppressions.remove(key);
      });
      return { changeSetId };
    },
  };
}
