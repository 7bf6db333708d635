import { createStore, type StoreApi } from 'zustand/vanilla';
import {
  type ExportFormat,
  type ImportSummary,
  largestFile,
  readTable,
  type ShownDifference,
} from '../../../shared/contract/exchange.ts';
import type { KindName } from '../../../shared/model/kinds/index.ts';
import type { Notifier } from '../../app/notify.ts';
import { attempt, commandFailure, type Outcome } from '../../app/outcome.ts';
import type { Client } from '../../rpc/client.ts';
import type { Failure } from '../../rpc/failure.ts';
import { doneText, totalsOf } from './exchange-words.ts';
import { bytesOf, piecesOf } from './file-pieces.ts';

/** What a person says of a table: null leaves a column out. */
export interface TableChoice {
  readonly kind: KindName | null;
  readonly map: ReadonlyMap<string, string | null>;
}

export interface ImportState {
  readonly step: 'none' | 'reading' | 'failed' | 'compared' | 'writing';
  readonly name: string;
  /** Of the bytes, how many went over. */
  readonly sent: number;
  readonly file: string | null;
  readonly choice: TableChoice;
  readonly summary: ImportSummary | null;
  /** What the columns of a table were taken for, also where something is wrong in it. */
  readonly table: ImportSummary['table'];
  readonly failure: Failure | null;
  readonly pages: ReadonlyMap<number, readonly ShownDifference[]>;
}

/** One file on its way in at a time, and files on their way out. */
export interface ExchangeStore {
  readonly store: StoreApi<ImportState>;
  /** Sends the file and compares it. What was there before is let go of. */
  choose(file: File): Promise<void>;
  /** Compares it again with another kind or other columns. */
  compare(choice: TableChoice): Promise<void>;
  /** Reads the pages that hold these differences, unless they are there. */
  ensure(first: number, last: number): void;
  /** `keepReason` is told of the change that was made, to keep with it why. */
  apply(
    decision: {
      readonly deletions: boolean;
      readonly prefer: 'file' | 'inventory' | null;
    },
    keepReason: (changeSetId: string) => Promise<void>,
  ): Promise<boolean>;
  reset(): void;
  /** Writes a file and hands it over to the person. */
  save(format: ExportFormat, kind: KindName | null): Promise<Outcome<{ name: string }>>;
}

export const differencesPage = 100;

const nothing: ImportState = {
  step: 'none',
  name: '',
  sent: 0,
  file: null,
  choice: { kind: null, map: new Map() },
  summary: null,
  table: null,
  failure: null,
  pages: new Map(),
};

interface Needs {
  readonly client: Client;
  readonly notify: Notifier;
}

export function createExchangeStore({ client, notify }: Needs): ExchangeStore {
  const store = createStore<ImportState>(() => nothing);
  /** Each file and each comparison begins a run; what an older one brings is dropped. */
  let run = 0;
  const loading = new Set<string>();

  const begin = (state: Partial<ImportState>) => {
    run += 1;
    loading.clear();
    store.setState(state);
    return run;
  };
  const letGo = () => {
    const { file } = store.getState();
    if (file !== null) void client.exchange.close({ file }).catch(() => {}); // it goes by itself in time
  };
  const fail = (own: number, error: unknown) => {
    if (own !== run) return;
    const failure = commandFailure(error);
    const table = readTable.safeParse(failure.data.table);
    store.setState({ step: 'failed', failure, ...(table.success && { table: table.data }) });
  };

  async function compareNow(file: string, choice: TableChoice, own: number): Promise<void> {
    const map = [...choice.map].map(([header, target]) => ({ header, target }));
    const summary = await client.exchange.compare({ file, kind: choice.kind, map });
    if (own === run)
      store.setState({ step: 'compared', summary, table: summary.table, pages: new Map() });
  }

  return {
    store,
    async choose(chosen) {
      letGo();
      const own = begin({ ...nothing, step: 'reading', name: chosen.name });
      try {
        const size = Math.min(chosen.size, largestFile + 1);
        const { file } = await client.exchange.open({ name: chosen.name, size });
        store.setState({ file });
        for await (const { piece, sent } of piecesOf(chosen)) {
          await client.exchange.send({ file, piece });
          if (own !== run) return;
          store.setState({ sent: sent / chosen.size });
        }
        await compareNow(file, nothing.choice, own);
      } catch (error) {
        fail(own, error);
      }
    },
    async compare(choice) {
      const { file } = store.getState();
      if (file === null) return;
      const own = begin({ step: 'reading', choice, failure: null });
      try {
        await compareNow(file, choice, own);
      } catch (error) {
        fail(own, error);
      }
    },
    ensure(first, last) {
      const { file, pages } = store.getState();
      if (file === null) return;
      for (
        let page = Math.floor(first / differencesPage);
        page * differencesPage <= last;
        page += 1
      ) {
        const key = `${run} ${page}`;
        if (pages.has(page) || loading.has(key)) continue;
        loading.add(key);
        void load(file, page, run);
      }
    },
    async apply(decision, keepReason) {
      const { file, name, summary } = store.getState();
      if (file === null || summary === null) return false;
      store.setState({ step: 'writing', failure: null });
      const outcome = await attempt(client.exchange.apply({ file, ...decision }));
      if (!outcome.ok) {
        store.setState({ step: 'compared', failure: outcome.failure });
        return false;
      }
      const { changeSetId, added, changed, deleted } = outcome.value;
      const counts = doneText({ add: added, change: changed, delete: deleted });
      notify.done(`Imported ${name}: ${counts === '' ? 'nothing was changed' : counts}.`, {
        undoes: changeSetId,
      });
      await keepReason(changeSetId);
      letGo();
      begin(nothing);
      return true;
    },
    reset() {
      letGo();
      begin(nothing);
    },
    save: (format, kind) => attempt(download(client, format, kind)),
  };

  async function load(file: string, page: number, own: number): Promise<void> {
    try {
      const rows = await client.exchange.differences({
        file,
        offset: page * differencesPage,
        limit: differencesPage,
      });
      if (own === run) store.setState(({ pages }) => ({ pages: new Map(pages).set(page, rows) }));
    } catch (error) {
      fail(own, error);
    }
  }
}

/** How many differences need somebody to decide before anything is done. */
export function asked(summary: ImportSummary): { deletions: number; conflicts: number } {
  return { deletions: totalsOf(summary).delete, conflicts: summary.conflicts };
}

async function download(
  client: Client,
  format: ExportFormat,
  kind: KindName | null,
): Promise<{ name: string }> {
  const { file, name, size } = await client.exchange.write({ format, kind });
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let offset = 0; offset < size; ) {
    const { piece } = await client.exchange.read({ file, offset });
    const bytes = bytesOf(piece);
    parts.push(bytes);
    offset += bytes.length;
  }
  const address = URL.createObjectURL(new Blob(parts, { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  return { name };
}
