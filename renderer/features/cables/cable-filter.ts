import { cableSorts } from '../../../shared/contract/cabling.ts';

/** What the table of cables is narrowed to and ordered by. */
export interface CableFilter {
  readonly search: string;
  readonly types: readonly string[];
  readonly statuses: readonly string[];
  /** Only those with an end that is plugged in nowhere. */
  readonly open: boolean;
  readonly sort: { readonly key: (typeof cableSorts)[number]; readonly descending: boolean };
}

export const everyCable: CableFilter = {
  search: '',
  types: [],
  statuses: [],
  open: false,
  sort: { key: 'label', descending: false },
};

export const formatCableFilter = (filter: CableFilter): string => JSON.stringify(filter);

export function isNarrowed({ search, types, statuses, open }: CableFilter): boolean {
  return search !== '' || types.length > 0 || statuses.length > 0 || open;
}

/** A second press on the same column turns it round. */
export function sortedBy(filter: CableFilter, column: string): CableFilter {
  const key = cableSorts.find((each) => each === column);
  if (key === undefined) return filter;
  return {
    ...filter,
    sort: { key, descending: filter.sort.key === key && !filter.sort.descending },
  };
}
