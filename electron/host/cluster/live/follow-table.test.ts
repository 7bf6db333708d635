import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LiveBed, names, node, pod } from './trial/live-bed.ts';

let bed: LiveBed;

beforeEach(() => {
  bed = new LiveBed();
});
afterEach(() => bed.close());

describe('a table that is followed', () => {
  it('is told what changes in what it shows, and not the rest', async () => {
    for (let at = 0; at < 8; at += 1) bed.cluster.put('pods', pod(`p${at}`));
    const seen = bed.follow({ kind: 'pods', limit: 3 });
    await seen.until(({ standing, total }) => expect([standing.state, total]).toEqual(['live', 8]));
    const before = seen.events.length;
    bed.cluster.put('pods', pod('p1', { status: { phase: 'Failed', reason: 'Evicted' } }));
    await seen.until(({ rows }) => expect(rows[1]?.status.label).toBe('Evicted'));
    const changes = seen.events
      .slice(before)
      .flatMap((event) => (event.type === 'changes' ? [event] : []));
    expect(changes.flatMap(({ rows }) => rows.map(({ name }) => name))).toEqual(['p1']);
    expect(changes.every(({ order }) => order === null)).toBe(true);
    bed.cluster.delete('pods', 'p0', 'web');
    await seen.until((window) =>
      expect([names(window), window.total]).toEqual([['p1', 'p2', 'p3'], 7]),
    );
  });

  it('is told of a thousand changes of one object in a few', async () => {
    bed.cluster.put('pods', pod('p'));
    const seen = bed.follow({ kind: 'pods' });
    await seen.until(({ standing }) => expect(standing.state).toBe('live'));
    const before = seen.events.length;
    for (let at = 1; at <= 1_000; at += 1) {
      bed.cluster.put(
        'pods',
        pod('p', {
          status: {
            containerStatuses: [
              { name: 'app', ready: true, restartCount: at, state: { running: {} } },
            ],
          },
        }),
      );
    }
    await seen.until(({ rows }) => expect(rows[0]?.cells.restarts).toBe(1_000));
    expect(seen.events.length - before).toBeLessThan(10);
  });

  it('keeps what it had while the API is away, says so, and comes back by itself', async () => {
    bed.cluster.put('pods', pod('a'));
    const seen = bed.follow({ kind: 'pods' });
    await seen.until(({ standing }) => expect(standing.state).toBe('live'));
    bed.cluster.fault = () => 'KUBE_UNREACHABLE';
    bed.cluster.cut();
    await seen.until((window) => {
      expect(window.standing).toMatchObject({
        state: 'stale',
        code: 'KUBE_UNREACHABLE',
        why: 'The API does not answer.',
      });
      expect(names(window)).toEqual(['a']);
    });
    bed.cluster.put('pods', pod('b'));
    bed.cluster.fault = () => undefined;
    await seen.until((window) => {
      expect(window.standing.state).toBe('live');
      expect(names(window)).toEqual(['a', 'b']);
    });
  }, 20_000);

  it('lists anew where a watch cannot go on, and forgets what is gone by then', async () => {
    bed.cluster.put('pods', pod('a'));
    bed.cluster.put('pods', pod('b'));
    const seen = bed.follow({ kind: 'pods' });
    await seen.until(({ total }) => expect(total).toBe(2));
    bed.cluster.cut('gone');
    bed.cluster.delete('pods', 'a', 'web');
    bed.cluster.forget();
    await seen.until((window) => expect(names(window)).toEqual(['b']));
    expect(
      seen.events.some((event) => event.type === 'changes' && event.standing.state === 'stale'),
    ).toBe(false);
  });

  it('says that a kind may not be listed, while others are shown', async () => {
    bed.cluster.fault = (kind) => (kind === 'secrets' ? 'KUBE_FORBIDDEN' : undefined);
    bed.cluster.put('pods', pod('a'));
    expect((await bed.list({ kind: 'secrets' })).standing).toEqual({
      state: 'refused',
      why: 'You may not do this.',
    });
    expect(names(await bed.list({ kind: 'pods' }))).toEqual(['a']);
  });

  it('shows the one namespace that this user may read', async () => {
    bed.cluster.fault = (kind, namespace) =>
      kind === 'pods' && namespace !== 'web' ? 'KUBE_FORBIDDEN' : undefined;
    bed.cluster.put('pods', pod('a'));
    expect((await bed.list({ kind: 'pods' })).standing.state).toBe('refused');
    const seen = bed.follow({ kind: 'pods', namespaces: ['web'] });
    await seen.until((window) =>
      expect([window.standing.state, names(window)]).toEqual(['live', ['a']]),
    );
  });

  it('says that a kind is not there', async () => {
    bed.cluster.types.splice(
      bed.cluster.types.findIndex(({ resource }) => resource === 'ingressroutes'),
      1,
    );
    expect((await bed.list({ kind: 'ingressroutes.traefik.io' })).standing).toEqual({
      state: 'absent',
    });
  });

  it('says why nothing could be read at all, and goes on trying', async () => {
    bed.cluster.fault = () => 'KUBE_UNREACHABLE';
    const seen = bed.follow({ kind: 'nodes' });
    await seen.until(({ standing }) =>
      expect(standing).toMatchObject({ state: 'failed', code: 'KUBE_UNREACHABLE' }),
    );
    bed.cluster.put('nodes', node('pi-1'));
    bed.cluster.fault = () => undefined;
    await seen.until(({ standing }) => expect(standing.state).toBe('live'));
  }, 20_000);

  it('tells that a pod waits for a volume on a node that is down, when the node goes down', async () => {
    const affinity = {
      required: {
        nodeSelectorTerms: [
          {
            matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['pi-2'] }],
          },
        ],
      },
    };
    bed.cluster.put('nodes', node('pi-2'));
    bed.cluster.put('persistentvolumes', {
      metadata: { name: 'pv' },
      spec: { local: { path: '/d' }, nodeAffinity: affinity },
      status: { phase: 'Bound' },
    });
    bed.cluster.put('persistentvolumeclaims', {
      metadata: { name: 'data', namespace: 'web' },
      spec: { volumeName: 'pv' },
      status: { phase: 'Bound' },
    });
    const waits = {
      spec: {
        nodeName: null,
        volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'data' } }],
      },
      status: {
        phase: 'Pending',
        containerStatuses: [],
        conditions: [
          {
            type: 'PodScheduled',
            status: 'False',
            reason: 'Unschedulable',
            message: '0/1 nodes are available: 1 node(s) had volume node affinity conflict.',
          },
        ],
      },
    };
    bed.cluster.put('pods', pod('db', waits));
    const seen = bed.follow({ kind: 'pods' });
    await seen.until(({ rows }) => expect(rows[0]?.status.why).toMatch(/^no node of 1 takes it/));
    bed.cluster.put('nodes', node('pi-2', 'Unknown'));
    await seen.until(({ rows }) =>
      expect(rows[0]?.status.why).toBe(
        'waiting for a volume that is bound to the node pi-2, which is down',
      ),
    );
  }, 20_000);
});
