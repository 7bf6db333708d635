import { changeSet, type HistoryFilter } from '../../../shared/model/history.ts';
import { id } from '../../../shared/model/inventory.ts';

export const noHistoryFilter: HistoryFilter = { thing: null, who: null, source: null, text: '' };

/** Reads a hash query; what it does not know it leaves out, so that an old link still opens. */
export function parseHistoryFilter(query: string): HistoryFilter {
  const params = new URLSearchParams(query);
  return {
    thing: id.safeParse(params.get('thing')).data ?? null,
    who: params.get('who')?.slice(0, 200) ?? null,
    source: changeSet.shape.source.safeParse(params.get('source')).data ?? null,
    text: (params.get('text') ?? '').slice(0, 200),
  };
}

/** The shortest query that `parseHistoryFilter` reads back as the same filter. */
export function formatHistoryFilter({ thing, who, source, text }: HistoryFilter): string {
  const params = new URLSearchParams();
  if (thing !== null) params.set('thing', thing);
  if (who !== null) params.set('who', who);
  if (source !== null) params.set('source', source);
  if (text !== '') params.set('text', text);
  return params.toString();
}
