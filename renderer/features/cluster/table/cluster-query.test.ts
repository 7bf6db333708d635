import { describe, expect, it } from 'vitest';
import {
  allOfIt,
  type ClusterQuery,
  firstSort,
  formatClusterQuery,
  isNarrowed,
  parseClusterQuery,
  sameNamespaces,
} from './cluster-query.ts';

const narrow: ClusterQuery = {
  search: 'web & co',
  namespaces: ['shop', 'media'],
  levels: ['bad', 'warn'],
  where: [{ column: 'node', is: 'pi:1' }],
  sort: { column: 'restarts', descending: true },
};

describe('the query of a list of a cluster', () => {
  it('reads back what it wrote, and writes nothing where nothing was chosen', () => {
    expect(parseClusterQuery(formatClusterQuery(narrow))).toEqual(narrow);
    expect(formatClusterQuery(allOfIt)).toBe('');
    expect(parseClusterQuery('')).toEqual(allOfIt);
  });

  it('leaves out what it does not know, so that an old link still opens', () => {
    expect(parseClusterQuery('level=awful&where=node&ns=&sort=-&search=a')).toEqual({
      ...allOfIt,
      search: 'a',
    });
  });

  it('shows the newest events first until somebody sorts them otherwise', () => {
    const newest = firstSort('events');
    expect(parseClusterQuery('', newest).sort).toEqual({ column: 'last', descending: true });
    const byName = { ...allOfIt, sort: allOfIt.sort };
    expect(parseClusterQuery(formatClusterQuery(byName, newest), newest)).toEqual(byName);
  });

  it('keeps the namespaces alone on the way to another kind', () => {
    expect(sameNamespaces(formatClusterQuery(narrow))).toBe('ns=shop&ns=media');
  });

  it('calls only that narrowed which leaves rows out', () => {
    expect(isNarrowed({ ...allOfIt, sort: narrow.sort })).toBe(false);
    expect(isNarrowed({ ...allOfIt, levels: ['bad'] })).toBe(true);
  });
});
