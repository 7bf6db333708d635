import { type StatusLevel, statusLevels } from '../../../../shared/cluster/status.ts';
import type { TableQuery } from '../../../../shared/cluster/table.ts';

/** What a list of a cluster is narrowed to; it stands in the URL. */
export type ClusterQuery = Omit<TableQuery, 'kind' | 'offset' | 'limit'>;

export const allOfIt: ClusterQuery = {
  search: '',
  namespaces: [],
  levels: [],
  where: [],
  sort: { column: 'name', descending: false },
};

const mostNamespaces = 100;
const mostWhere = 10;

function parseSort(text: string | null): ClusterQuery['sort'] {
  if (text === null || text === '' || text === '-') return allOfIt.sort;
  const descending = text.startsWith('-');
  return { column: (descending ? text.slice(1) : text).slice(0, 60), descending };
}

/** `node:pi-1`; what is no such pair is left out, so that an old link still opens. */
function parseWhere(text: string): ClusterQuery['where'] {
  const [column = '', ...is] = text.split(':');
  const value = is.join(':');
  return column === '' || value === ''
    ? []
    : [{ column: column.slice(0, 60), is: value.slice(0, 300) }];
}

export function parseClusterQuery(query: string, sort = allOfIt.sort): ClusterQuery {
  const params = new URLSearchParams(query);
  const isLevel = (text: string): text is StatusLevel => statusLevels.some((each) => each === text);
  return {
    search: (params.get('search') ?? '').slice(0, 200),
    namespaces: params
      .getAll('ns')
      .filter((name) => name !== '' && name.length <= 253)
      .slice(0, mostNamespaces),
    levels: [...new Set(params.getAll('level').filter(isLevel))],
    where: params.getAll('where').flatMap(parseWhere).slice(0, mostWhere),
    sort: params.has('sort') ? parseSort(params.get('sort')) : sort,
  };
}

export function formatClusterQuery(query: ClusterQuery, sort = allOfIt.sort): string {
  const params = new URLSearchParams();
  if (query.search !== '') params.set('search', query.search);
  for (const name of query.namespaces) params.append('ns', name);
  for (const level of query.levels) params.append('level', level);
  for (const { column, is } of query.where) params.append('where', `${column}:${is}`);
  const { column, descending } = query.sort;
  const isFirst = column === sort.column && descending === sort.descending;
  if (!isFirst) params.set('sort', `${descending ? '-' : ''}${column}`);
  return params.toString();
}

/** Whether rows are left out that are there. */
export function isNarrowed({ search, namespaces, levels, where }: ClusterQuery): boolean {
  return search.trim() !== '' || namespaces.length + levels.length + where.length > 0;
}

/** Of that kind until a person chooses: events by time, what goes wrong first by name. */
export function firstSort(kind: string): ClusterQuery['sort'] {
  return kind === 'events' ? { column: 'last', descending: true } : allOfIt.sort;
}

/** Only where one looks, for a list of another kind. */
export function sameNamespaces(query: string): string {
  const { namespaces } = parseClusterQuery(query);
  return formatClusterQuery({ ...allOfIt, namespaces });
}
