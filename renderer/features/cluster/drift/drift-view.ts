import { type DriftGroup, driftGroups } from '../../../../shared/cluster/drift/drift-line.ts';

/** What the list of differences is narrowed to; it stands in the address. */
export interface DriftView {
  readonly state: 'open' | 'dismissed';
  readonly group: DriftGroup | null;
  readonly search: string;
  readonly offset: number;
}

export const allDrift: DriftView = { state: 'open', group: null, search: '', offset: 0 };

export function parseDriftView(query: string): DriftView {
  const read = new URLSearchParams(query);
  const from = Number(read.get('from'));
  return {
    state: read.get('state') === 'dismissed' ? 'dismissed' : 'open',
    group: driftGroups.find((group) => group === read.get('group')) ?? null,
    search: (read.get('search') ?? '').slice(0, 200),
    offset: Number.isSafeInteger(from) && from > 0 ? from : 0,
  };
}

export function formatDriftView({ state, group, search, offset }: DriftView): string {
  const written = new URLSearchParams();
  if (state !== 'open') written.set('state', state);
  if (group !== null) written.set('group', group);
  if (search !== '') written.set('search', search);
  if (offset > 0) written.set('from', String(offset));
  return written.toString();
}

export function isNarrowed({ group, search }: DriftView): boolean {
  return group !== null || search !== '';
}
