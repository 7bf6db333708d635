import { describe, expect, it } from 'vitest';
import { readPlacedPod } from '../placing/placed-pod.ts';
import { readPlacingNode } from '../placing/placing-node.ts';
import { readBudget } from './budgets.ts';
import { usualDrain } from './options.ts';
import { type DrainSurvey, findingsOf, type TriedEviction } from './preflight.ts';
import { serverFindings } from './server-guard.ts';
import { fateOf } from './sort-pods.ts';

interface Given {
  readonly owner?: string | null;
  readonly spec?: object;
  readonly phase?: string;
  readonly annotations?: object;
  readonly node?: string;
}

function pod(
  name: string,
  { owner = 'ReplicaSet', spec = {}, phase = 'Running', ...given }: Given = {},
) {
  const { annotations = {}, node = 'pi-1' } = given;
  const owners =
    owner === null
      ? []
      : [
          {
            apiVersion: 'apps/v1',
            kind: owner,
            name: 'web',
            uid: `uid-${owner}`,
            controller: true,
          },
        ];
  return readPlacedPod({
    metadata: {
      ...{ name, namespace: 'shop', uid: `uid-${name}`, labels: { app: 'web' }, annotations },
      ownerReferences: owners,
    },
    spec: { nodeName: node, ...spec },
    status: { phase, conditions: [{ type: 'Ready', status: 'True' }] },
  });
}

function node(name: string, { labels = {}, spec = {}, status = 'True', version = 'v1.33.1' } = {}) {
  return readPlacingNode({
    metadata: { name, uid: `uid-${name}`, labels },
    spec,
    status: {
      allocatable: { cpu: '4', memory: '8Gi', pods: '110' },
      conditions: [{ type: 'Ready', status }],
      nodeInfo: { kubeletVersion: version },
    },
  });
}

const budget = (name: string, desiredHealthy: number, expectedPods = 2) =>
  readBudget({
    metadata: { name, namespace: 'shop' },
    spec: { selector: { matchLabels: { app: 'web' } } },
    status: { disruptionsAllowed: 0, currentHealthy: 1, desiredHealthy, expectedPods },
  });

const emptyDir = { volumes: [{ name: 'cache', emptyDir: {} }] };
const accepting = { ...usualDrain, deleteLocalData: true, deleteUncontrolled: true };

describe('what a drain does with a pod', () => {
  it.each([
    ['of a deployment', pod('a'), 'evict'],
    [
      'of a file on the node',
      pod('a', { annotations: { 'kubernetes.io/config.mirror': 'x' } }),
      'skip',
    ],
    ['of a daemon set', pod('a', { owner: 'DaemonSet', spec: emptyDir }), 'skip'],
    ['of nobody', pod('a', { owner: null }), 'stop'],
    [
      'of nobody, that has ended',
      pod('a', { owner: null, phase: 'Succeeded', spec: emptyDir }),
      'evict',
    ],
    ['with local data', pod('a', { spec: emptyDir }), 'stop'],
  ])('%s', (_, given, does) => {
    expect(fateOf(given, usualDrain).does).toBe(does);
  });

  it('stops at daemon sets where that is wanted', () => {
    const options = { ...usualDrain, ignoreDaemonSets: false };
    expect(fateOf(pod('a', { owner: 'DaemonSet' }), options)).toMatchObject({
      why: ['daemon-set'],
    });
  });

  it('counts a pod whose daemon set is gone as of nobody', () => {
    const orphan = pod('a', { owner: 'DaemonSet' });
    expect(fateOf(orphan, usualDrain, () => false)).toMatchObject({ why: ['uncontrolled'] });
    expect(fateOf(orphan, accepting, () => false)).toMatchObject({ does: 'evict' });
  });

  it('evicts what was accepted, and says what is lost', () => {
    const given = pod('a', { owner: null, spec: emptyDir });
    expect(fateOf(given, accepting)).toMatchObject({ loses: ['uncontrolled', 'local-data'] });
    expect(fateOf(given, { ...accepting, deleteLocalData: false })).toMatchObject({
      why: ['local-data'],
    });
  });
});

describe('what is known before a drain', () => {
  const survey = (over: Partial<DrainSurvey> = {}): DrainSurvey => ({
    node: node('pi-1'),
    nodes: [node('pi-1'), node('pi-2')],
    pods: [pod('web-1')],
    budgets: [],
    daemonSets: new Set(),
    volumeTerms: () => null,
    ...over,
  });
  const says = (given: DrainSurvey, tried: ReadonlyMap<string, TriedEviction> = new Map()) =>
    findingsOf(given, usualDrain, tried).findings.map(
      ({ kind, weight, says }) => `${kind} ${weight}: ${says}`,
    );

  it('is nothing where nothing is in the way', () => {
    expect(says(survey())).toEqual([]);
  });

  it('names the budget that waits, and the one that never gives way', () => {
    expect(says(survey({ budgets: [budget('web', 1)] }))).toEqual([
      'budget warning: shop/web-1 waits for the budget web: 1 of its 2 pods are well, and 1 have to be.',
    ]);
    expect(says(survey({ budgets: [budget('web', 2)] }))[0]).toContain(
      'cannot go as long as the budget web stands',
    );
  });

  it('believes the API more than the counts of a budget', () => {
    const tried = new Map([['uid-web-1', { outcome: 'allowed' } as const]]);
    expect(says(survey({ budgets: [budget('web', 1)] }), tried)).toEqual([]);
  });

  it('names several budgets of one pod', () => {
    expect(says(survey({ budgets: [budget('web', 1), budget('all', 1)] }))).toEqual([
      'several-budgets warning: shop/web-1 is of several budgets (web, all): the API never evicts such a pod.',
    ]);
  });

  it('says why a pod will not start elsewhere, by node', () => {
    const large = pod('web-1', {
      spec: { containers: [{ name: 'web', resources: { requests: { memory: '7Gi' } } }] },
    });
    const other = pod('db-1', {
      node: 'pi-2',
      spec: { containers: [{ name: 'db', resources: { requests: { memory: '4Gi' } } }] },
    });
    const tainted = node('pi-3', { spec: { taints: [{ key: 'gpu', effect: 'NoSchedule' }] } });
    const nodes = [node('pi-1'), node('pi-2'), tainted];
    expect(says(survey({ pods: [large, other], nodes }))).toEqual([
      'does-not-fit warning: shop/web-1 will not start elsewhere: pi-2: it has 4 GiB of memory free; pi-3: it has the taint gpu.',
    ]);
  });

  it('counts what is placed already for the next one', () => {
    const half = (name: string) =>
      pod(name, {
        spec: { containers: [{ name: 'web', resources: { requests: { memory: '5Gi' } } }] },
      });
    expect(says(survey({ pods: [half('web-1'), half('web-2')] }))).toHaveLength(1);
  });

  it('says that a volume stays on the node', () => {
    const terms = {
      nodeSelectorTerms: [
        {
          matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['pi-1'] }],
          matchFields: [],
        },
      ],
    };
    const spec = { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] };
    expect(says(survey({ pods: [pod('web-1', { spec })], volumeTerms: () => terms }))[0]).toContain(
      'pi-2: the volume of its claim data cannot be used there',
    );
  });

  it('says what may not be read', () => {
    expect(says(survey({ budgets: null, volumeTerms: null }))[0]).toContain(
      'may not read budgets and volumes',
    );
  });

  it('reads nothing into an object that is none', () => {
    for (const odd of [null, 1, 'x', [], { metadata: 1, spec: { nodeSelector: 3 } }]) {
      expect(readPlacedPod(odd)).toMatchObject({ name: '', owner: null });
      expect(readPlacingNode(odd)).toMatchObject({ ready: 'unknown' });
      expect(readBudget(odd)).toMatchObject({ selector: null });
    }
  });
});

describe('a server', () => {
  const roles = (...names: string[]) =>
    Object.fromEntries(names.map((name) => [`node-role.kubernetes.io/${name}`, 'true']));
  const server = (name: string, status = 'True', labels = roles('control-plane', 'etcd')) =>
    node(name, { labels, status, version: 'v1.33.1+k3s1' });
  const weight = (...nodes: ReturnType<typeof node>[]) =>
    nodes[0] && serverFindings(nodes[0], nodes).map((one) => one.weight);

  it('may go where the others have a majority', () => {
    expect(weight(server('s1'), server('s2'), server('s3'))).toEqual(['info']);
    expect(weight(server('s1'), server('s2'), server('s3', 'False'))).toEqual(['stop']);
    expect(weight(server('s1'), server('s2'))).toEqual(['stop']);
  });

  it('counts one that does not answer as down', () => {
    expect(weight(server('s1'), server('s2'), server('s3', 'Unknown'))).toEqual(['stop']);
  });

  it('may go alone, which is told', () => {
    expect(weight(server('s1'))).toEqual(['info']);
    expect(weight(server('s1', 'True', roles('control-plane')))).toEqual(['info']);
  });

  it('of a K3s with a database elsewhere needs one other that is up', () => {
    const plain = (name: string, status = 'True') => server(name, status, roles('control-plane'));
    expect(weight(plain('s1'), plain('s2'))).toEqual(['info']);
    expect(weight(plain('s1'), plain('s2', 'False'))).toEqual(['stop']);
  });

  it('is none of our business where it is an agent', () => {
    expect(weight(node('a1'), server('s1'))).toEqual([]);
  });
});
