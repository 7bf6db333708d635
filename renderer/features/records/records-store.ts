import type { InferClientInputs, InferClientOutputs } from '@orpc/client';
import type {
  InventoryRecord,
  RecordConsequences,
  SavedView,
} from '../../../shared/contract/records.ts';
import { type KindName, kindOf } from '../../../shared/model/kinds/index.ts';
import type { Values } from '../../../shared/model/kinds/schema.ts';
import { countOf, inSentence } from '../../../shared/model/kinds/words.ts';
import type { Notifier } from '../../app/notify.ts';
import { attempt, type Outcome } from '../../app/outcome.ts';
import type { ListedKind } from '../../app/routes.ts';
import type { Client } from '../../rpc/client.ts';
import { createPagedTable, type PagedTable } from '../../rpc/paged-table.ts';
import type { Resource, ResourcePool } from '../../rpc/resource.ts';
import { isolated } from '../../ui/isolate.ts';
import { formatFilter, noFilter, type RecordFilter } from './record-filter.ts';

export type RecordDetails = InferClientOutputs<Client>['records']['get'];
export type RecordList = InferClientOutputs<Client>['records']['list'];
export type RecordTable = PagedTable<InventoryRecord, RecordFilter>;

/** Rows of one kind whose reference is that thing. */
export interface Related {
  readonly kind: KindName;
  readonly field: string;
  readonly id: string;
}

/** Everything in the inventory by its kind: read in pages, written with a notice that undoes it. */
export interface RecordsStore {
  /** The table of a kind, with its filter and selection; the same one each time. */
  table(kind: ListedKind): RecordTable;
  one(kind: KindName, id: string): Resource<RecordDetails>;
  related(to: Related, page: number): Resource<RecordList>;
  /** The first that hold these words, for a person who looks for one. */
  find(kind: KindName, text: string, signal: AbortSignal): Promise<RecordList>;
  /** What one is called; empty where it is gone by now. */
  nameOf(kind: KindName, id: string): Promise<string>;
  /** What deleting these would do to others. */
  consequences(kind: KindName, ids: readonly string[]): Resource<RecordConsequences>;
  /** Every row, or those of these ids, in the order of the filter; null where it failed, as a notice says. */
  allRows(
    filter: RecordFilter,
    ids: ReadonlySet<string> | null,
  ): Promise<readonly InventoryRecord[] | null>;
  views(kind: ListedKind): Resource<SavedView[]>;
  saveView(kind: ListedKind, view: SavedView): Promise<Outcome<unknown>>;
  deleteView(kind: ListedKind, name: string): Promise<void>;
  create(kind: KindName, values: Values): Promise<Outcome<{ id: string }>>;
  update(
    kind: KindName,
    ids: readonly string[],
    values: Values,
  ): Promise<Outcome<{ changeSetId: string }>>;
  /** The same for one field that is edited in place: what became of it is seen there. */
  edit(kind: KindName, id: string, values: Values): Promise<Outcome<unknown>>;
  /** A copy whose name counts on, with what belongs to it; its id, or null where it failed. */
  duplicate(kind: KindName, id: string): Promise<string | null>;
  /** `name`: as the notice calls what is gone. */
  remove(
    kind: KindName,
    ids: readonly string[],
    name: string,
  ): Promise<Outcome<{ changeSetId: string }>>;
}

export const relatedPageSize = 50;
/** As many as the host gives at once. */
const largestPage = 1_000;
const foundAtMost = 20;

interface Needs {
  readonly client: Client;
  readonly pool: ResourcePool;
  readonly notify: Notifier;
}

type Create = InferClientInputs<Client>['records']['create'];
type Update = InferClientInputs<Client>['records']['update'];

export function createRecordsStore({ client, pool, notify }: Needs): RecordsStore {
  const tables = new Map<ListedKind, RecordTable>();

  const selectionOf = ({ kind, search, where, sort }: RecordFilter) => ({
    kind,
    search,
    where: [...where],
    sort,
  });

  const createTable = (kind: ListedKind): RecordTable =>
    createPagedTable<InventoryRecord, RecordFilter>({
      pool,
      filter: noFilter(kind),
      format: formatFilter,
      list: (filter, part, signal) =>
        client.records.list({ ...selectionOf(filter), ...part }, signal ? { signal } : {}),
      allIds: async (filter) => (await client.records.ids(selectionOf(filter))).ids,
    });

  const details = pool.createKeyed((key, signal) => {
    const [kind, id = ''] = key.split('/');
    return client.records.get({ kind: kind as KindName, id }, { signal }); // as `one` writes it
  });

  const consequences = pool.createKeyed((key, signal) => {
    const [kind, ids = ''] = key.split('/');
    const input = { kind: kind as KindName, ids: ids.split(' ') }; // see `consequences`
    return client.records.removalPreview(input, { signal });
  });

  const viewLists = pool.createKeyed(
    (kind, signal) => client.records.views({ kind: kind as KindName }, { signal }), // see `views`
  );
  const views = (kind: ListedKind) => viewLists(kind);

  const relatedPages = pool.createKeyed((key, signal) => {
    const [kind, field = '', value = '', page] = key.split('/');
    const part = { offset: Number(page) * relatedPageSize, limit: relatedPageSize };
    const where = [{ field, value }];
    return client.records.list({ kind: kind as KindName, where, ...part }, { signal }); // see `related`
  });

  // The kind says which values they are, which a call by name cannot tell TypeScript; the contract
  // checks them.
  const write = (kind: KindName, ids: readonly string[], values: Values) =>
    attempt(client.records.update({ kind, ids: [...ids], values } as Update));

  return {
    table(kind) {
      const table = tables.get(kind) ?? createTable(kind);
      tables.set(kind, table);
      return table;
    },
    one: (kind, id) => details(`${kind}/${id}`),
    related: ({ kind, field, id }, page) => relatedPages(`${kind}/${field}/${id}/${page}`),
    find: (kind, text, signal) =>
      client.records.list({ kind, search: text.slice(0, 200), limit: foundAtMost }, { signal }),
    async nameOf(kind, id) {
      const outcome = await attempt(client.records.get({ kind, id }));
      return outcome.ok ? outcome.value.record.name : '';
    },
    async allRows(filter, ids) {
      const rows: InventoryRecord[] = [];
      const wanted = ids?.size ?? Number.POSITIVE_INFINITY;
      for (let offset = 0; rows.length < wanted; offset += largestPage) {
        const part = { offset, limit: largestPage };
        const outcome = await attempt(client.records.list({ ...selectionOf(filter), ...part }));
        if (!outcome.ok) {
          notify.failed(outcome.failure);
          return null;
        }
        const page = outcome.value.rows;
        rows.push(...page.filter(({ id }) => ids === null || ids.has(id)));
        if (page.length < largestPage) break;
      }
      return rows;
    },
    views,
    async saveView(kind, view) {
      const outcome = await attempt(client.records.saveView({ kind, view }));
      if (outcome.ok) void views(kind).reload();
      return outcome;
    },
    async deleteView(kind, name) {
      const outcome = await attempt(client.records.deleteView({ kind, name }));
      if (!outcome.ok) notify.failed(outcome.failure);
      void views(kind).reload();
    },
    consequences: (kind, ids) => consequences(`${kind}/${ids.join(' ')}`),
    async create(kind, values) {
      const outcome = await attempt(client.records.create({ kind, values } as Create)); // see above
      if (!outcome.ok) return outcome;
      const { id, changeSetId } = outcome.value;
      notify.done(`Added ${inSentence(kindOf(kind).label)}${called(kind, values)}.`, {
        undoes: changeSetId,
      });
      return { ok: true, value: { id } };
    },
    async update(kind, ids, values) {
      const outcome = await write(kind, ids, values);
      if (outcome.ok) {
        const undoes = outcome.value.changeSetId;
        notify.done(`Changed ${countOf(kindOf(kind), ids.length)}.`, { undoes });
      }
      return outcome;
    },
    async edit(kind, id, values) {
      const outcome = await write(kind, [id], values);
      // A notice that still offers to undo the change before is outdated.
      if (outcome.ok) notify.outdated();
      return outcome;
    },
    async duplicate(kind, id) {
      const outcome = await attempt(client.records.duplicate({ kind, ids: [id], copies: 1 }));
      if (!outcome.ok) {
        notify.failed(outcome.failure);
        return null;
      }
      const { changeSetId, ids } = outcome.value;
      notify.done(`Duplicated the ${inSentence(kindOf(kind).label)}.`, { undoes: changeSetId });
      return ids[0] ?? null;
    },
    async remove(kind, ids, name) {
      const outcome = await attempt(client.records.remove({ kind, ids: [...ids] }));
      if (outcome.ok) {
        notify.done(`Deleted ${isolated(name)}.`, { undoes: outcome.value.changeSetId });
      }
      return outcome;
    },
  };
}

/** ` storage`, where the values themselves say it. */
function called(kind: KindName, values: Values): string {
  const { key, fields } = kindOf(kind);
  const last = key.at(-1) ?? '';
  const value = values[last];
  if (fields[last]?.type === 'reference' || value === undefined || value === null) return '';
  return ` ${isolated(String(value))}`;
}
