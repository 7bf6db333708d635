import { kindOf } from '../../../../shared/model/kinds/index.ts';
import type { Database } from '../../db/index.ts';
import type { Registry } from './phases/registries-text.ts';

/** What services that keep images are called. */
const registryKinds =
  /^(registry|container registry|docker registry|distribution|harbor|zot|quay)$/i;

const page = { words: [], where: [], sort: { field: null, descending: false }, offset: 0 } as const;

/** Registries of the rack, as the inventory has them with their address. */
export function rackRegistries({ tables }: Pick<Database, 'tables'>): Registry[] {
  const { rows } = tables.records.list(kindOf('service'), { ...page, limit: 1_000 });
  const found = rows.flatMap(({ values }) => {
    const { kind, url } = values;
    if (typeof kind !== 'string' || typeof url !== 'string') return [];
    if (!registryKinds.test(kind.trim())) return [];
    const parsed = URL.parse(url);
    if (parsed === null || !/^https?:$/.test(parsed.protocol)) return [];
    return [{ host: parsed.host, endpoint: parsed.origin }];
  });
  return [...new Map(found.map((one) => [one.host, one])).values()].slice(0, 20);
}
