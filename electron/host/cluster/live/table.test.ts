import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LiveBed, names, node, pod } from './trial/live-bed.ts';

let bed: LiveBed;

beforeEach(() => {
  bed = new LiveBed();
});
afterEach(() => bed.close());

describe('a table', () => {
  it('holds all pages of a list, in the order that is asked for', async () => {
    for (const name of ['pi-10', 'pi-9', 'a', 'c', 'b']) bed.cluster.put('pods', pod(name));
    expect(names(await bed.list({ kind: 'pods' }))).toEqual(['a', 'b', 'c', 'pi-9', 'pi-10']);
    const descending = await bed.list({
      kind: 'pods',
      sort: { column: 'name', descending: true },
      limit: 2,
      offset: 1,
    });
    expect(names(descending)).toEqual(['pi-9', 'c']);
    expect(descending.total).toBe(5);
  });

  it('searches all that is held, not only what is shown', async () => {
    for (let at = 0; at < 20; at += 1)
      bed.cluster.put('pods', pod(`p${at}`, { labels: { app: at === 17 ? 'Odd' : 'even' } }));
    const found = await bed.list({ kind: 'pods', search: 'app=odd', limit: 1 });
    expect(names(found)).toEqual(['p17']);
    expect(found).toMatchObject({ total: 1, held: 20 });
  });

  it('counts by state whatever the states that are asked for', async () => {
    bed.cluster.put('pods', pod('well'));
    bed.cluster.put('pods', pod('bad', { status: { phase: 'Failed', reason: 'Evicted' } }));
    const bad = await bed.list({ kind: 'pods', levels: ['bad'] });
    expect(names(bad)).toEqual(['bad']);
    expect(bad.levels).toMatchObject({ well: 1, bad: 1 });
  });

  it('shows of one namespace, or where a column says so', async () => {
    bed.cluster.put('pods', pod('a'));
    bed.cluster.put('pods', {
      ...pod('b', { node: 'pi-2' }),
      metadata: { name: 'b', namespace: 'db' },
    });
    expect(names(await bed.list({ kind: 'pods', namespaces: ['db'] }))).toEqual(['b']);
    expect(
      names(await bed.list({ kind: 'pods', where: [{ column: 'node', is: 'pi-1' }] })),
    ).toEqual(['a']);
  });

  it('tells what pods ask for of a node, and what is measured', async () => {
    bed.cluster.usage = {
      nodes: { items: [{ metadata: { name: 'pi-1' }, usage: { cpu: '1500m', memory: '2Gi' } }] },
    };
    bed.cluster.put('nodes', node('pi-1'));
    bed.cluster.put('pods', pod('a'));
    bed.cluster.put('pods', pod('b'));
    bed.cluster.put('pods', pod('over', { status: { phase: 'Succeeded' } }));
    const seen = bed.follow({ kind: 'nodes' });
    await seen.until(({ rows }) =>
      expect(rows[0]?.cells).toMatchObject({ cpu: 4, cpuAsked: 0.5, pods: 2, cpuUsed: 1.5 }),
    );
  });

  it('knows kinds of which only the cluster knows, and how kubectl calls them', async () => {
    const own = {
      group: 'acme.io',
      version: 'v1',
      resource: 'sites',
      kind: 'Site',
      namespaced: true,
    };
    bed.cluster.types.push({ ...own, verbs: ['get', 'list', 'watch'], shortNames: ['st'] });
    bed.cluster.put('sites.acme.io', { metadata: { name: 'home' }, spec: { host: 'a.lan' } });
    const columns = [{ name: 'Host', type: 'string', jsonPath: '.spec.host' }];
    bed.cluster.put('customresourcedefinitions.apiextensions.k8s.io', {
      metadata: { name: 'sites.acme.io' },
      spec: { versions: [{ name: 'v1', additionalPrinterColumns: columns }] },
    });
    const found = await bed.list({ kind: 'st' });
    expect(found.columns.map(({ label }) => label)).toEqual(['Host']);
    expect(found.rows[0]?.cells).toEqual({ printer0: 'a.lan' });
    const { kinds } = await bed.live.kinds({ contextId: 'home' });
    expect(kinds.find(({ custom }) => custom)).toMatchObject({ id: 'sites.acme.io' });
    await expect(bed.list({ kind: 'nonsense' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
