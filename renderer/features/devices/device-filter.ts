import {
  type DeviceKind,
  type DeviceQuery,
  type DeviceStatus,
  deviceKinds,
  deviceSortKeys,
  deviceStatuses,
  id,
} from '../../../shared/model/inventory.ts';

export type SortKey = DeviceQuery['sort']['key'];

/** What the devices table is narrowed to and ordered by; it stands in the URL. */
export interface DeviceFilter {
  readonly search: string;
  readonly kinds: readonly DeviceKind[];
  readonly statuses: readonly DeviceStatus[];
  readonly rackId: string | null;
  readonly tag: string | null;
  readonly onlyDifferent: boolean;
  readonly onlyFailed: boolean;
  readonly onlyOld: boolean;
  readonly onlyUnobserved: boolean;
  readonly onlyWithoutRack: boolean;
  readonly sort: { readonly key: SortKey; readonly descending: boolean };
}

export const noFilter: DeviceFilter = {
  search: '',
  kinds: [],
  statuses: [],
  rackId: null,
  tag: null,
  onlyDifferent: false,
  onlyFailed: false,
  onlyOld: false,
  onlyUnobserved: false,
  onlyWithoutRack: false,
  sort: { key: 'name', descending: false },
};

function listOf<T extends string>(text: string | null, allowed: readonly T[]): T[] {
  const words = (text ?? '').split(',');
  return allowed.filter((each) => words.includes(each));
}

function parseSort(text: string | null): DeviceFilter['sort'] {
  const descending = text?.startsWith('-') === true;
  const key = deviceSortKeys.find((each) => each === text?.replace(/^-/, ''));
  return key === undefined ? noFilter.sort : { key, descending };
}

/** Stands for a rack's id where there is none. */
export const noRack = 'none';

/** Reads a hash query; what it does not know it leaves out, so an old link still opens. */
export function parseFilter(query: string): DeviceFilter {
  const params = new URLSearchParams(query);
  return {
    search: (params.get('search') ?? '').slice(0, 200),
    kinds: listOf(params.get('kind'), deviceKinds),
    statuses: listOf(params.get('status'), deviceStatuses),
    rackId: id.safeParse(params.get('rack')).data ?? null,
    tag: params.get('tag'),
    onlyDifferent: params.get('different') === '1',
    onlyFailed: params.get('failed') === '1',
    onlyOld: params.get('old') === '1',
    onlyUnobserved: params.get('unobserved') === '1',
    onlyWithoutRack: params.get('rack') === noRack,
    sort: parseSort(params.get('sort')),
  };
}

/** The shortest query that `parseFilter` reads back as the same filter. */
export function formatFilter(filter: DeviceFilter): string {
  const params = new URLSearchParams();
  if (filter.search !== '') params.set('search', filter.search);
  if (filter.kinds.length > 0) params.set('kind', filter.kinds.join(','));
  if (filter.statuses.length > 0) params.set('status', filter.statuses.join(','));
  if (filter.onlyWithoutRack) params.set('rack', noRack);
  else if (filter.rackId !== null) params.set('rack', filter.rackId);
  if (filter.tag !== null) params.set('tag', filter.tag);
  if (filter.onlyDifferent) params.set('different', '1');
  if (filter.onlyFailed) params.set('failed', '1');
  if (filter.onlyOld) params.set('old', '1');
  if (filter.onlyUnobserved) params.set('unobserved', '1');
  const { key, descending } = filter.sort;
  if (key !== 'name' || descending) params.set('sort', `${descending ? '-' : ''}${key}`);
  return params.toString();
}

/** Whether anything is left out by the filter; sorting leaves out nothing. */
export function isNarrowed(filter: DeviceFilter): boolean {
  return formatFilter({ ...filter, sort: noFilter.sort }) !== '';
}

/** A second press on the same column turns it round. */
export function sortedBy(filter: DeviceFilter, key: SortKey): DeviceFilter {
  const same = filter.sort.key === key;
  return { ...filter, sort: { key, descending: same && !filter.sort.descending } };
}
