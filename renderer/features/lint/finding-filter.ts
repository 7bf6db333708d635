import { type Severity, severities } from '../../../shared/model/lint.ts';

/** What the list of findings is narrowed to; it stands in the URL. */
export interface FindingFilter {
  readonly search: string;
  readonly severities: readonly Severity[];
  readonly rules: readonly string[];
  readonly silenced: boolean;
}

export const everyFinding: FindingFilter = {
  search: '',
  severities: [],
  rules: [],
  silenced: false,
};

/** Reads a hash query; what it does not know it leaves out, so an old link still opens. */
export function parseFindingFilter(query: string): FindingFilter {
  const params = new URLSearchParams(query);
  return {
    search: (params.get('search') ?? '').slice(0, 200),
    severities: severities.filter((each) => params.getAll('severity').includes(each)),
    rules: params
      .getAll('rule')
      .filter((rule) => /^[a-z-]{1,100}$/.test(rule))
      .slice(0, 100),
    silenced: params.has('silenced'),
  };
}

/** The shortest query that `parseFindingFilter` reads back as the same. */
export function formatFindingFilter(filter: FindingFilter): string {
  const params = new URLSearchParams();
  if (filter.search !== '') params.set('search', filter.search);
  for (const each of filter.severities) params.append('severity', each);
  for (const rule of filter.rules) params.append('rule', rule);
  if (filter.silenced) params.set('silenced', '');
  return params.toString();
}

/** Whether anything is left out, beside what is silenced. */
export function isNarrowed({ search, severities: chosen, rules }: FindingFilter): boolean {
  return search !== '' || chosen.length > 0 || rules.length > 0;
}
