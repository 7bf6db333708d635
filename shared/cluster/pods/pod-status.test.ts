import { describe, expect, it } from 'vitest';
import type { ClusterLook } from '../kind.ts';
import { noLook } from '../kind.ts';
import { pods } from '../kinds/pods.ts';
import { readObject } from '../read-object.ts';
import type { ClusterRow } from '../row.ts';

const now = Date.parse('2026-11-30T12:00:00Z');
const ago = (ms: number) => new Date(now - ms).toISOString();

interface Part {
  readonly metadata?: object;
  readonly spec?: object;
  readonly status?: object;
}

function statusOf({ metadata, spec, status }: Part, look: ClusterLook = noLook) {
  const object = {
    metadata: {
      name: 'app',
      namespace: 'web',
      uid: 'u',
      creationTimestamp: ago(60_000),
      ...metadata,
    },
    spec: { nodeName: 'pi-1', containers: [{ name: 'app', image: 'app:1' }], ...spec },
    status: { phase: 'Running', startTime: ago(50_000), ...status },
  };
  const read = readObject(pods, object, { now, look });
  return {
    label: read?.row.status.label,
    level: read?.row.status.level,
    why: read?.row.status.why,
  };
}

const container = (state: object, more: object = {}) => ({
  containerStatuses: [{ name: 'app', ready: false, restartCount: 0, state, ...more }],
});
const isReady = {
  conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: ago(40_000) }],
};
const isNotReady = {
  conditions: [
    { type: 'Ready', status: 'False', message: 'containers with unready status: [app]' },
  ],
};

describe('what is said of a pod', () => {
  it('is well where it runs', () => {
    const status = { ...isReady, ...container({ running: {} }, { ready: true }) };
    expect(statusOf({ status })).toEqual({ label: 'Running', level: 'well', why: null });
  });

  it('says how a crashing container ended, and how often', () => {
    const lastState = {
      terminated: { exitCode: 127, reason: 'Error', message: 'sh: foo: not found' },
    };
    const state = { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 5m0s' } };
    expect(statusOf({ status: container(state, { restartCount: 12, lastState }) })).toEqual({
      label: 'Crashing',
      level: 'bad',
      why: 'container app ended with code 127: its command was not found; sh: foo: not found, started again 12 times; it is tried again after a pause',
    });
  });

  it('names the limit that a container was killed for', () => {
    const terminated = { exitCode: 137, reason: 'OOMKilled' };
    const spec = { containers: [{ name: 'app', resources: { limits: { memory: '256Mi' } } }] };
    const why =
      'container app ended with code 137: killed, since it took more memory than its limit of 256 MiB';
    expect(statusOf({ spec, status: container({ terminated }) }).why).toBe(why);
    const again = {
      restartCount: 1,
      ready: true,
      lastState: { terminated: { ...terminated, finishedAt: ago(60_000) } },
    };
    const status = { ...isReady, ...container({ running: {} }, again) };
    expect(statusOf({ spec, status })).toEqual({ label: 'Running', level: 'warn', why });
  });

  it('says that its settings name a secret that does not exist', () => {
    const waiting = { reason: 'CreateContainerConfigError', message: 'secret "db" not found' };
    expect(statusOf({ status: { phase: 'Pending', ...container({ waiting }) } })).toEqual({
      label: 'Cannot start',
      level: 'bad',
      why: 'container app: its settings are not whole (the secret db does not exist)',
    });
  });

  it('tells which init container stands in the way', () => {
    const spec = {
      initContainers: [
        { name: 'wait' },
        { name: 'migrate' },
        { name: 'mesh', restartPolicy: 'Always' },
      ],
    };
    const initContainerStatuses = [
      { name: 'wait', state: { terminated: { exitCode: 0 } } },
      { name: 'migrate', state: { running: { startedAt: ago(5_000) } } },
    ];
    const status = {
      phase: 'Pending',
      initContainerStatuses,
      conditions: [{ type: 'Initialized', status: 'False' }],
    };
    expect(statusOf({ spec, status })).toEqual({
      label: 'Starting',
      level: 'busy',
      why: 'init container 2 of 3, migrate, runs',
    });
    const failed = { terminated: { exitCode: 1, reason: 'Error' } };
    initContainerStatuses[1] = { name: 'migrate', state: failed };
    expect(statusOf({ spec, status }).why).toContain(
      'init container 2 of 3: container migrate ended with code 1',
    );
  });

  it('tells a failing readiness probe from a startup probe that has not passed', () => {
    const spec = { containers: [{ name: 'app', readinessProbe: {}, startupProbe: {} }] };
    const status = { ...isNotReady, ...container({ running: {} }, { started: true }) };
    expect(statusOf({ spec, status })).toMatchObject({
      level: 'warn',
      why: 'container app: its readiness probe fails',
    });
    const young = { ...isNotReady, ...container({ running: {} }, { started: false }) };
    expect(statusOf({ spec, status: young })).toMatchObject({ level: 'busy' });
  });

  it('says what an evicted pod was evicted for', () => {
    const status = {
      phase: 'Failed',
      reason: 'Evicted',
      message: 'The node was low on resource: ephemeral-storage. Threshold quantity: 1',
    };
    expect(statusOf({ status })).toEqual({
      label: 'Evicted',
      level: 'bad',
      why: 'its node was low on disk space',
    });
  });

  it('says what holds a pod that should be gone', () => {
    const metadata = {
      deletionTimestamp: ago(120_000),
      deletionGracePeriodSeconds: 30,
      finalizers: ['acme.io/x'],
    };
    expect(statusOf({ metadata })).toEqual({
      label: 'Terminating',
      level: 'warn',
      why: 'being deleted; held by the finalizer acme.io/x',
    });
  });

  it('never throws, whatever stands there', () => {
    for (const odd of [null, 3, [], { a: 1 }, 'x']) {
      expect(() =>
        statusOf({
          spec: { containers: odd, volumes: odd },
          status: { containerStatuses: odd, conditions: odd },
        }),
      ).not.toThrow();
    }
    expect(
      readObject(pods, { metadata: { name: 'x' } }, { now, look: noLook })?.row.status.level,
    ).toBe('busy');
    expect(readObject(pods, {}, { now, look: noLook })).toBeNull();
  });
});

describe('what a pod waits for', () => {
  const row = (cells: ClusterRow['cells']): ClusterRow => ({
    ...{ key: 'k', uid: 'u', namespace: null, name: 'n', createdAt: null, leavingSince: null },
    ...{ status: { level: 'well', label: '', why: null, since: null }, cells },
  });
  const rows: Record<string, ClusterRow> = {
    'persistentvolumeclaims data': row({ volume: 'pv-1' }),
    'persistentvolumes pv-1': row({ nodes: ['pi-2'] }),
    'nodes pi-2': row({ ready: false }),
  };
  const look: ClusterLook = {
    ...noLook,
    row: (kind, _namespace, name) => rows[`${kind} ${name}`] ?? null,
  };
  const unscheduled = {
    spec: {
      nodeName: null,
      volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'data' } }],
    },
    status: {
      phase: 'Pending',
      conditions: [
        {
          type: 'PodScheduled',
          status: 'False',
          reason: 'Unschedulable',
          message: '0/2 nodes are available: 1 node(s) had volume node affinity conflict.',
        },
      ],
    },
  };

  it('is a volume that is bound to a node that is down', () => {
    expect(statusOf(unscheduled, look)).toEqual({
      label: 'Waiting for a node',
      level: 'bad',
      why: 'waiting for a volume that is bound to the node pi-2, which is down',
    });
  });

  it('is what the scheduler says where nothing else is known', () => {
    expect(statusOf(unscheduled).why).toBe(
      'no node of 2 takes it: 1 without a way to its volume, which lies elsewhere',
    );
  });

  it('is a claim that does not exist', () => {
    const none: ClusterLook = { ...look, row: () => null };
    expect(statusOf(unscheduled, none).why).toBe(
      'waiting for the volume claim data, which does not exist',
    );
  });
});
