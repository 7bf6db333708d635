import { id } from '../../../shared/model/inventory.ts';
import { type ProposalQuery, proposalAreas } from '../../../shared/model/proposals.ts';

/** What the list of proposals is narrowed to; it stands in the URL. */
export interface ProposalView
  extends Pick<ProposalQuery, 'area' | 'deviceId' | 'search' | 'state'> {
  /** First row of the page that is shown. */
  readonly offset: number;
}

export const everything: ProposalView = {
  area: null,
  deviceId: null,
  search: '',
  state: 'open',
  offset: 0,
};

/** Reads a hash query; what it does not know it leaves out, so an old link still opens. */
export function parseView(query: string): ProposalView {
  const params = new URLSearchParams(query);
  const offset = Number(params.get('from') ?? 0);
  return {
    area: proposalAreas.find((area) => area === params.get('area')) ?? null,
    deviceId: id.safeParse(params.get('device')).data ?? null,
    search: (params.get('search') ?? '').slice(0, 200),
    state: params.get('state') === 'dismissed' ? 'dismissed' : 'open',
    offset: Number.isSafeInteger(offset) && offset > 0 ? offset : 0,
  };
}

/** The shortest query that `parseView` reads back as the same. */
export function formatView(view: Partial<ProposalView>): string {
  const { area, deviceId, search, state, offset } = { ...everything, ...view };
  const params = new URLSearchParams();
  if (area !== null) params.set('area', area);
  if (deviceId !== null) params.set('device', deviceId);
  if (search !== '') params.set('search', search);
  if (state !== 'open') params.set('state', state);
  if (offset > 0) params.set('from', String(offset));
  return params.toString();
}

/** Whether anything is left out by the filter. */
export function isNarrowed(view: ProposalView): boolean {
  return view.area !== null || view.deviceId !== null || view.search !== '';
}
