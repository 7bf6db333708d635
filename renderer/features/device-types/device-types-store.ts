import type {
  AppliedDevice,
  ChosenTypeInput,
  DeviceTypeRow,
  TypeImportPreview,
  WholeDeviceType,
} from '../../../shared/contract/device-types.ts';
import type { Values } from '../../../shared/model/kinds/schema.ts';
import type { Notifier } from '../../app/notify.ts';
import { attempt, type Outcome } from '../../app/outcome.ts';
import type { Client } from '../../rpc/client.ts';
import { createPagedTable, type PagedTable } from '../../rpc/paged-table.ts';
import type { Resource, ResourcePool } from '../../rpc/resource.ts';
import { formatCount } from '../../ui/formatting.ts';
import { isolated } from '../../ui/isolate.ts';

export interface TypeFile {
  readonly name: string;
  readonly text: string;
}

/** A type as a row of a table, whether it is in the inventory or only comes with Rackhelm. */
export interface TypeRow extends Omit<DeviceTypeRow, 'id'> {
  /** `library/SLUG`, or its id in the inventory. */
  readonly id: string;
  readonly own: boolean;
}

/** How both are named in an address. */
const fromLibrary = 'library/';
export const keyOf = ({ id, slug }: Pick<DeviceTypeRow, 'id' | 'slug'>): string =>
  id ?? `${fromLibrary}${slug ?? ''}`;
export const chosenBy = (key: string): ChosenTypeInput =>
  key.startsWith(fromLibrary) ? { slug: key.slice(fromLibrary.length) } : { id: key };

export interface DeviceTypesStore {
  /** Filtered by the words of a search. */
  readonly table: PagedTable<TypeRow, string>;
  one(key: string): Resource<WholeDeviceType>;
  find(search: string, signal: AbortSignal): Promise<{ rows: DeviceTypeRow[]; total: number }>;
  /** Into the inventory; its id there. */
  take(slug: string, title: string): Promise<Outcome<{ id: string }>>;
  /** As a file of the device-type library. */
  file(type: ChosenTypeInput): Promise<Outcome<{ fileName: string; text: string }>>;
  importPreview(files: readonly TypeFile[], signal: AbortSignal): Promise<TypeImportPreview>;
  import(files: readonly TypeFile[], replace: boolean): Promise<Outcome<unknown>>;
  /** With everything that its type has. */
  createDevice(type: ChosenTypeInput, values: Values): Promise<Outcome<{ id: string }>>;
  applyPreview(
    type: ChosenTypeInput,
    ids: readonly string[],
    signal: AbortSignal,
  ): Promise<{ title: string; devices: AppliedDevice[] }>;
  apply(type: ChosenTypeInput, ids: readonly string[]): Promise<Outcome<unknown>>;
}

interface Needs {
  readonly client: Client;
  readonly pool: ResourcePool;
  readonly notify: Notifier;
}

const foundAtMost = 50;

export function createDeviceTypesStore({ client, pool, notify }: Needs): DeviceTypesStore {
  const rowOf = (row: DeviceTypeRow): TypeRow => ({
    ...row,
    id: keyOf(row),
    own: row.id !== null,
  });
  return {
    table: createPagedTable<TypeRow, string>({
      pool,
      filter: '',
      format: (search) => search,
      async list(search, part, signal) {
        const page = await client.deviceTypes.list({ search, ...part }, signal ? { signal } : {});
        return { rows: page.rows.map(rowOf), total: page.total };
      },
      async allIds(search) {
        const { rows } = await client.deviceTypes.list({ search, limit: 500 });
        return rows.map(keyOf);
      },
    }),
    one: pool.createKeyed((key, signal) => client.deviceTypes.get(chosenBy(key), { signal })),
    find: (search, signal) =>
      client.deviceTypes.list({ search: search.slice(0, 200), limit: foundAtMost }, { signal }),
    async take(slug, title) {
      const outcome = await attempt(client.deviceTypes.take({ slug }));
      if (!outcome.ok) {
        notify.failed(outcome.failure);
        return outcome;
      }
      const { id, changeSetId } = outcome.value;
      notify.done(`Added device type ${isolated(title)}.`, { undoes: changeSetId });
      return { ok: true, value: { id } };
    },
    async file(type) {
      const outcome = await attempt(client.deviceTypes.export(type));
      if (!outcome.ok) notify.failed(outcome.failure);
      return outcome;
    },
    importPreview: (files, signal) =>
      client.deviceTypes.importPreview({ files: [...files] }, { signal }),
    async import(files, replace) {
      const outcome = await attempt(client.deviceTypes.import({ files: [...files], replace }));
      if (!outcome.ok) return outcome;
      const { added, replaced, changeSetId } = outcome.value;
      const text = `Imported ${formatCount(added + replaced, 'device type')}.`;
      notify.done(text, { undoes: changeSetId });
      return outcome;
    },
    async createDevice(type, values) {
      const outcome = await attempt(client.deviceTypes.createDevice({ type, values }));
      if (outcome.ok) {
        const { changeSetId } = outcome.value;
        notify.done(`Added ${isolated(String(values.name))}.`, { undoes: changeSetId });
      }
      return outcome;
    },
    applyPreview: (type, ids, signal) =>
      client.deviceTypes.applyPreview({ type, ids: [...ids] }, { signal }),
    async apply(type, ids) {
      const outcome = await attempt(client.deviceTypes.apply({ type, ids: [...ids] }));
      if (outcome.ok) {
        const { changeSetId } = outcome.value;
        notify.done(`Applied the type to ${formatCount(ids.length, 'device')}.`, {
          undoes: changeSetId,
        });
      }
      return outcome;
    },
  };
}
