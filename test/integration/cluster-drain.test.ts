import { afterAll, beforeAll, expect, it } from 'vitest';
import type { KubeClient } from '../../electron/host/connections/kubernetes/index.ts';
import { usualDrain } from '../../shared/cluster/drain/options.ts';
import type { JobPage } from '../../shared/jobs/job.ts';
import {
  barePod,
  daemonSet,
  deployment,
  describeCluster,
  disruptionBudget,
  until,
} from '../cluster/index.ts';
import { clientOf, signal, WorkBed } from './cluster-work-bed.ts';

const states = ({ lanes }: JobPage) =>
  lanes.flatMap(({ steps }) => steps.map(({ state }) => state.state));

const pinned = (node: string) => ({ nodeSelector: { 'kubernetes.io/hostname': node } });

describeCluster(
  'draining a node of a real cluster',
  { nodes: 3, nodeGraceSeconds: 8 },
  (cluster) => {
    let client: KubeClient;
    let bed: WorkBed;
    beforeAll(async () => {
      client = await clientOf(cluster().adminKubeconfig);
      bed = new WorkBed(client);
    });
    afterAll(async () => {
      expect(bed?.faults).toEqual([]);
      await bed?.close();
      client?.close();
    });

    const podsOn = async (node: string, app: string) => {
      const path = `/api/v1/pods?fieldSelector=spec.nodeName%3D${node}&labelSelector=app%3D${app}`;
      const { items } = await cluster().api.must('GET', path);
      return (items as { metadata: { name: string } }[]).map(({ metadata }) => metadata.name);
    };
    const isCordoned = async (node: string) => {
      const { spec } = await cluster().api.must('GET', `/api/v1/nodes/${node}`);
      return (spec as { unschedulable?: boolean }).unschedulable === true;
    };
    const running = (app: string, count: number) =>
      until(`${count} pods of ${app} run`, async () => {
        const path = `/api/v1/namespaces/default/pods?labelSelector=app%3D${app}&fieldSelector=status.phase%3DRunning`;
        return (await cluster().api.must('GET', path)).items.length === count;
      });
    const settle = async (id: string) => {
      await bed.jobs.undo(id, { attended: false }).catch(() => {});
      return await bed.jobs.ended(id, signal);
    };
    const forget = async (kind: string, name: string) =>
      await cluster().kubectl(['delete', kind, name, '--wait=false']);

    it('names beforehand what stops it, and does nothing then', async () => {
      await cluster().apply([
        barePod('alone', { namespace: 'default', ...pinned('node-1') }),
        deployment('scratch', { namespace: 'default', localData: true, ...pinned('node-1') }),
        daemonSet('agent', { namespace: 'default' }),
      ]);
      await running('scratch', 1);
      await until('the bare pod runs', async () => (await podsOn('node-1', 'alone')).length === 1);
      const asked = { contextId: bed.contextId, node: 'node-1', options: usualDrain };
      const preview = await bed.drain.preview(asked, signal);
      expect(preview).toMatchObject({ stopped: true, cordoned: false });
      const stops = preview.findings.filter(({ weight }) => weight === 'stop');
      expect(stops.map(({ kind }) => kind).sort()).toEqual(['local-data', 'uncontrolled']);
      expect(preview.findings.find(({ kind }) => kind === 'does-not-fit')).toBeUndefined();
      await expect(bed.drain.run({ ...asked, hash: preview.hash }, signal)).rejects.toMatchObject({
        code: 'DRAIN_STOPPED',
      });
      expect(await isCordoned('node-1')).toBe(false);
    });

    it('cordons and evicts what was accepted, says what fits nowhere, and undo lets it take pods again', async () => {
      const options = { ...usualDrain, deleteLocalData: true, deleteUncontrolled: true };
      const asked = { contextId: bed.contextId, node: 'node-1', options };
      const { findings } = await bed.drain.preview(asked, signal);
      expect(findings.map(({ says }) => says).join('\n')).toMatch(
        /scratch-.* will not start elsewhere: .*kubernetes.io\/hostname=node-1/,
      );
      const id = await bed.start('node-1', options);
      const job = await bed.jobs.ended(id, signal);
      expect(job.state).toMatchObject({ state: 'done' });
      expect(await podsOn('node-1', 'alone')).toEqual([]);
      expect(await podsOn('node-1', 'agent')).toHaveLength(1);
      expect(await isCordoned('node-1')).toBe(true);
      expect((await settle(id)).state).toMatchObject({ state: 'undone' });
      expect(await isCordoned('node-1')).toBe(false);
      await forget('deployment', 'scratch');
    });

    it('leaves a node cordoned that was so before', async () => {
      await cluster().kubectl(['cordon', 'node-1']);
      const id = await bed.start('node-1');
      expect(states(await bed.jobs.ended(id, signal))).toEqual(['skipped', 'skipped']);
      await settle(id);
      expect(await isCordoned('node-1')).toBe(true);
      await cluster().kubectl(['uncordon', 'node-1']);
    });

    it('waits for a budget, goes on as it gives way, over a restart of the API and of Rackhelm', async () => {
      await cluster().apply([
        deployment('web', { namespace: 'default', replicas: 2, ...pinned('node-2') }),
        disruptionBudget('web', 'default', 2),
      ]);
      await running('web', 2);
      await until('the budget counts them', async () => {
        const path = '/apis/policy/v1/namespaces/default/poddisruptionbudgets/web';
        const { status } = await cluster().api.must('GET', path);
        return (status as { expectedPods?: number }).expectedPods === 2;
      });
      const asked = { contextId: bed.contextId, node: 'node-2', options: usualDrain };
      const preview = await bed.drain.preview(asked, signal);
      expect(preview.findings.map(({ says }) => says).join('\n')).toContain(
        'cannot go as long as the budget web stands',
      );
      const id = await bed.start('node-2');
      const lines = async () =>
        (await bed.jobs.log(id, { stepId: null, after: null, search: '', limit: 500 })).lines
          .map(({ text }) => text)
          .join('\n');
      await until('it waits', async () => (await lines()).includes('needs 2 healthy pods'));
      // Another of this cluster does not begin meanwhile.
      await expect(bed.start('node-3')).rejects.toMatchObject({ code: 'CLUSTER_BUSY' });
      // And who lets the node take pods meanwhile is told of it.
      const action = { do: 'uncordon', node: 'node-2' } as const;
      const { items } = await bed.actions.preview({ contextId: bed.contextId, action }, signal);
      expect(items).toMatchObject([
        { kind: 'object' },
        { kind: 'note', text: expect.stringContaining('"Drain node-2" is under way') },
      ]);
      await cluster().restartApi({ kill: true });
      await bed.jobs.close();
      bed.open();
      await bed.jobs.adopt({ resume: false });
      expect(bed.jobs.get(id).state.state).toBe('interrupted');
      expect(await podsOn('node-2', 'web')).toHaveLength(2);
      await bed.jobs.resume(id, { attended: true });
      await forget('poddisruptionbudget', 'web');
      const job = await bed.jobs.ended(id, signal);
      expect(job.state).toMatchObject({ state: 'done' });
      expect(await podsOn('node-2', 'web')).toEqual([]);
      expect((await settle(id)).state.state).toBe('undone');
      await forget('deployment', 'web');
    });

    it('ends as failed where a node dies in the middle, naming what nobody confirms', async () => {
      await cluster().apply([deployment('slow', { namespace: 'default', ...pinned('node-3') })]);
      await running('slow', 1);
      // Nobody answers for the nodes any more, as when a machine loses its power.
      cluster().part('kwok').freeze();
      try {
        const id = await bed.start('node-3', { ...usualDrain, graceSeconds: 1, minutes: 2 });
        const job = await bed.jobs.ended(id, signal);
        expect(job.state).toMatchObject({ state: 'failed', error: { code: 'NODE_DOWN' } });
        expect('error' in job.state && job.state.error.message).toContain('default/slow-');
        expect((await settle(id)).state.state).toBe('undone');
      } finally {
        cluster().part('kwok').thaw();
      }
    }, 120_000);
  },
);
