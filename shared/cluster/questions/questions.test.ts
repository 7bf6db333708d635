import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Census, finish } from '../census/census.ts';
import { readBudget, readClaim, readVolume } from '../census/storage.ts';
import { censusOf, nodeCalled, podOf, workloadCalled } from '../drift/drift-fixture.ts';
import { canonicalImage } from './image-builds.ts';
import { answerQuestions } from './questions.ts';

const ask = (census: Partial<Census>, machines = new Map()) =>
  finish(answerQuestions(censusOf(census), machines));

const x86 = (name: string, more: object = {}) => ({
  ...nodeCalled(name, more),
  architecture: 'amd64',
});

describe('where workloads sit', () => {
  it('is told by class of machine: a GPU counts first, a board is what the inventory says', () => {
    const nodes = [nodeCalled('pi'), nodeCalled('arm'), x86('nuc'), { ...x86('big'), gpus: 1 }];
    const machines = new Map([['arm', { kind: 'server', gpus: 0 }]]);
    const pods = [podOf('web', 1, { node: 'pi' }), podOf('web', 2, { node: 'nuc' })];
    const { classes, placed } = ask({ nodes, pods, workloads: [workloadCalled('web')] }, machines);
    expect(classes.map(({ machine, nodes: names }) => [machine, ...names])).toEqual([
      ['ARM board', 'pi'],
      ['ARM server', 'arm'],
      ['x86', 'nuc'],
      ['GPU', 'big'],
    ]);
    expect(placed.rows[0]?.on).toEqual([
      { machine: 'ARM board', pods: 1 },
      { machine: 'x86', pods: 1 },
    ]);
  });
});

describe('architectures', () => {
  const workloads = [workloadCalled('web')];
  const finding = (census: Partial<Census>) =>
    ask({ workloads, ...census }).architectures.rows.map((one) => [one.finding, ...one.about]);
  const nodes = [nodeCalled('pi'), x86('nuc')];

  it('are unknown where an image ran on one alone, and known where it lies on both', () => {
    const pods = [podOf('web', 1, { node: 'pi' })];
    expect(finding({ nodes, pods })).toEqual([['unknown', 'amd64']]);
    const images = ['registry.example/web:1'];
    expect(finding({ nodes: [nodes[0] ?? x86('x'), { ...x86('nuc'), images }], pods })).toEqual([]);
  });

  it('are wrong where the node says that it has no build', () => {
    const message = 'exec /app: exec format error';
    const state = { waiting: { reason: 'CrashLoopBackOff' } };
    const status = {
      containerStatuses: [{ name: 'web', state, lastState: { terminated: { message } } }],
    };
    expect(finding({ nodes, pods: [podOf('web', 1, { node: 'pi', status })] })).toEqual([
      ['wrong', 'arm64'],
    ]);
  });

  it('bind what another node has no build of, and mind what image names say', () => {
    const failed = {
      containerStatuses: [
        { name: 'web', state: { waiting: { message: 'no match for platform in manifest' } } },
      ],
    };
    const other = podOf('other', 1, {
      node: 'nuc',
      status: failed,
      spec: {
        containers: [{ name: 'web', image: 'registry.example/web:1' }],
      },
    });
    expect(finding({ nodes, pods: [podOf('web', 1, { node: 'pi' }), other] })).toEqual([
      ['bound', 'amd64'],
    ]);
    const named = workloadCalled('web', {
      spec: { containers: [{ name: 'web', image: 'registry.example/web:1-amd64' }] },
    });
    expect(finding({ nodes, pods: [podOf('web', 1, { node: 'pi' })], workloads: [named] })).toEqual(
      [['misplaced', 'arm64']],
    );
  });

  it.each([
    ['nginx', 'docker.io/library/nginx:latest'],
    ['arm64v8/redis:7', 'docker.io/arm64v8/redis:7'],
    ['localhost/app', 'localhost/app:latest'],
    ['registry.lan:5000/app@sha256:ab', 'registry.lan:5000/app@sha256:ab'],
  ])('know %s as %s', (image, whole) => {
    expect(canonicalImage(image)).toBe(whole);
  });
});

it('tells what one pod or one node takes down, and leaves out what runs on each node', () => {
  const workloads = [
    workloadCalled('one'),
    workloadCalled('near', { replicas: 2 }),
    workloadCalled('far', { replicas: 2 }),
    workloadCalled('each', { kind: 'DaemonSet' }),
  ];
  const pods = [
    podOf('near', 1, { node: 'a' }),
    podOf('near', 2, { node: 'a' }),
    podOf('far', 1, { node: 'a' }),
    podOf('far', 2, { node: 'b' }),
  ];
  const { thin } = ask({ nodes: [nodeCalled('a'), nodeCalled('b')], pods, workloads });
  expect(thin.rows.map(({ name, finding }) => [name, finding])).toEqual([
    ['one', 'one-replica'],
    ['near', 'one-node'],
  ]);
});

describe('if a node went', () => {
  const two = [nodeCalled('a'), nodeCalled('b')];
  const lossOf = (census: Partial<Census>, node = 'a') =>
    ask(census).losses.find((loss) => loss.node === node);
  const stays = (census: Partial<Census>) =>
    lossOf(census)?.stays.map(({ finding, why }) => [finding, ...why]);
  const asking = (cpu: string) => ({
    containers: [{ name: 'x', resources: { requests: { cpu } } }],
  });

  it('what fits elsewhere moves', () => {
    const loss = lossOf({ nodes: two, pods: [podOf('web', 1, { node: 'a' })] });
    expect(loss).toMatchObject({ pods: 1, moves: 1, stays: [] });
  });

  it('what does not is told with why: room, taints, labels, cordons', () => {
    const tainted = nodeCalled('b', { spec: { taints: [{ key: 'gpu', effect: 'NoSchedule' }] } });
    const pod = (spec: object) => podOf('web', 1, { node: 'a', spec });
    expect(stays({ nodes: two, pods: [pod(asking('5'))] })).toEqual([
      ['nowhere', '1 node with too little CPU left'],
    ]);
    expect(stays({ nodes: [nodeCalled('a'), tainted], pods: [pod({})] })).toEqual([
      ['nowhere', '1 node with the taint gpu'],
    ]);
    const tolerations = [{ key: 'gpu', operator: 'Exists' }];
    expect(stays({ nodes: [nodeCalled('a'), tainted], pods: [pod({ tolerations })] })).toEqual([]);
    expect(stays({ nodes: two, pods: [pod({ nodeSelector: { disk: 'ssd' } })] })).toEqual([
      ['nowhere', '1 node without the labels that it asks for'],
    ]);
    const cordoned = nodeCalled('b', { spec: { unschedulable: true } });
    expect(stays({ nodes: [nodeCalled('a'), cordoned], pods: [pod({})] })).toEqual([
      ['nowhere', '1 node cordoned'],
    ]);
  });

  it('room that the first takes is gone for the second', () => {
    const pods = [1, 2, 3].map((n) => podOf('web', n, { node: 'a', spec: asking('2') }));
    expect(lossOf({ nodes: two, pods })).toMatchObject({ pods: 3, moves: 2 });
  });

  it('keeps pods apart that must not be together', () => {
    const apart = {
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            {
              labelSelector: { matchLabels: { app: 'web' } },
              topologyKey: 'kubernetes.io/hostname',
            },
          ],
        },
      },
    };
    const pods = [
      podOf('web', 1, { node: 'a', spec: apart }),
      podOf('web', 2, { node: 'b', spec: apart }),
    ];
    expect(stays({ nodes: two, pods })).toEqual([
      ['nowhere', '1 node with a pod that it must not be with'],
    ]);
  });

  it('a volume on the node holds its pod, a bare pod is gone, and a stateful set waits', () => {
    const term = { key: 'kubernetes.io/hostname', operator: 'In', values: ['a'] };
    const volume = readVolume({
      metadata: { name: 'pv' },
      spec: { nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [term] }] } } },
    });
    const claim = readClaim({
      metadata: { name: 'data', namespace: 'shop' },
      spec: { volumeName: 'pv' },
    });
    if (volume === null || claim === null) throw new Error('unreadable');
    const spec = { volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'data' } }] };
    const owner = { kind: 'StatefulSet', name: 'db' };
    expect(
      stays({
        nodes: two,
        volumes: [volume],
        claims: [claim],
        pods: [
          podOf('db', 0, { node: 'a', spec, owner }),
          podOf('db', 1, { node: 'a', owner }),
          podOf('toolbox', 1, { node: 'a', owner: null }),
          podOf('logs', 1, { node: 'a', owner: { kind: 'DaemonSet', name: 'logs' } }),
        ],
      }),
    ).toEqual([
      ['nowhere', '1 node without a way to its volume'],
      ['waits', 'it is made again only when somebody says that the node is gone for good'],
      ['gone', 'nobody makes it again'],
    ]);
  });

  it('names budgets that hold a drain, and data that is left behind', () => {
    const budget = readBudget({
      metadata: { name: 'web', namespace: 'shop' },
      spec: { selector: { matchLabels: { app: 'web' } } },
      status: { disruptionsAllowed: 0 },
    });
    if (budget === null) throw new Error('unreadable');
    const spec = { volumes: [{ name: 'v', hostPath: { path: '/srv/data' } }] };
    const loss = lossOf({
      nodes: two,
      budgets: [budget],
      pods: [podOf('web', 1, { node: 'a', spec })],
    });
    expect(loss?.budgets).toEqual(['shop/web']);
    expect(loss?.leaves).toEqual(['shop/web-7d9-1: /srv/data on the node itself']);
  });

  it('counts every pod once, and changes nothing for the next node', () => {
    const pod = fc.record({
      node: fc.constantFrom('a', 'b', 'c'),
      cpu: fc.integer({ min: 0, max: 5 }),
    });
    fc.assert(
      fc.property(fc.array(pod, { maxLength: 12 }), (told) => {
        const nodes = ['a', 'b', 'c'].map((name) => nodeCalled(name));
        const pods = told.map(({ node, cpu }, at) =>
          podOf('web', at, { node, spec: asking(`${cpu}`) }),
        );
        const { losses } = ask({ nodes, pods });
        const backwards = ask({ nodes: nodes.toReversed(), pods }).losses;
        for (const loss of losses) {
          expect(loss.moves + loss.stays.length + loss.more).toBe(loss.pods);
          expect(backwards.find(({ node }) => node === loss.node)?.moves).toBe(loss.moves);
        }
      }),
    );
  });
});
