import { beforeEach, describe, expect, it } from 'vitest';
import { FakeMachine } from '../../../engine/machines/fake-machine.ts';
import { contextOf } from '../../../engine/phases/trial/break-off.ts';
import { createNodeReadyPhase } from '../phases/node-ready.ts';
import { createApiToken, purposeOf } from '../tokens/api-tokens.ts';
import { SmallApi } from '../trial/small-api.ts';
import { createJoinHands } from './join-hands.ts';
import { createJoinedNodes } from './joined-nodes.ts';
import { ServerTurns } from './server-turns.ts';

const clusterId = '0190a000-0000-7000-8000-000000000001';
const contextId = '0190a000-0000-7000-8000-000000000002';
const member = { clusterId, contextId, nodeName: 'pi-3', where: 'lab' };

let api: SmallApi;
let lines: string[];
const times = { stepMs: 1, patienceMs: 300 };
const context = () => ({
  ...contextOf(new FakeMachine({ name: 'pi-3' })),
  log: (text: string) => void lines.push(text),
});
const hands = (busy: string | null = null) =>
  createJoinHands({ clientOf: () => api.client, busyWith: () => busy, times });

beforeEach(() => {
  api = new SmallApi();
  lines = [];
  api.node('cp-1', { server: true, etcd: 'voter' });
});

describe('a server that joins', () => {
  it('waits for one that is half way in, and lets nobody in beside a dead one', async () => {
    api.node('cp-2', { server: true, etcd: 'learner' });
    setTimeout(() => api.node('cp-2', { server: true, etcd: 'voter' }), 30);
    (await hands().turn(context(), member))();
    expect(lines.join()).toContain('cp-2 is still joining');
    api.node('cp-2', { server: true, etcd: 'voter', ready: false });
    await expect(hands().turn(context(), member)).rejects.toMatchObject({ code: 'QUORUM_GUARDED' });
  });

  it('waits no longer than is borne, and not beside other work on the cluster', async () => {
    api.node('cp-2', { server: true, etcd: 'learner' });
    await expect(hands().turn(context(), member)).rejects.toMatchObject({ code: 'CLUSTER_BUSY' });
    await expect(hands('Drain cp-1').turn(context(), member)).rejects.toThrow('Drain cp-1');
  });

  it('has its turn after the one before, and gives it to the next where it is broken off', async () => {
    const turns = new ServerTurns();
    const signal = new AbortController().signal;
    const end = await turns.take('a', signal);
    const order: string[] = [];
    const left = new AbortController();
    const second = turns.take('a', left.signal).catch(() => void order.push('left'));
    const third = turns.take('a', signal).then(() => void order.push('third'));
    left.abort();
    await second;
    expect(order).toEqual(['left']);
    end();
    await third;
    expect(order).toEqual(['left', 'third']);
    await turns.take('b', signal);
  });

  it('leaves etcd by the note that K3s acts on, else by its Node object', async () => {
    api.node('pi-3', { server: true, etcd: 'voter' });
    api.react = (done) => {
      if (done === 'patch nodes/pi-3')
        api.node('pi-3', {
          ...{ server: true },
          annotations: { 'etcd.k3s.cattle.io/removed-node-name': 'pi-3-1' },
        });
    };
    await hands().leave(context(), member);
    expect(api.done).toEqual(['patch nodes/pi-3']);
    await hands().forget(context(), member);
    expect(api.has('nodes/pi-3')).toBe(false);
    expect(api.has('nodes/cp-1')).toBe(true);
    await hands().forget(context(), member);
  });

  it('knows that a name is taken, also by a node that was', async () => {
    expect(await hands().knows(context(), member)).toBe(false);
    api.put('secrets', { metadata: { name: 'pi-3.node-password.k3s' } });
    expect(await hands().knows(context(), member)).toBe(true);
    api.forbidden = new Set(['secrets']);
    expect(await hands().knows(context(), member)).toBe(false);
  });
});

describe('a node that is waited for', () => {
  const revoked: string[] = [];
  const phase = () =>
    createNodeReadyPhase(
      createJoinedNodes({
        clientOf: () => api.client,
        leave: hands().leave,
        tokens: {
          async revoke({ nodeName }) {
            revoked.push(nodeName);
            for (const key of [...api.objects.keys()])
              if (key.startsWith('secrets/bootstrap-token-')) api.objects.delete(key);
          },
        },
      }),
      { stepMs: 1 },
    );
  const params = {
    ...member,
    ...{ role: 'agent' as const, addresses: ['10.0.10.23'], labels: { disk: 'ssd' } },
    ...{ version: 'v1.37.2+k3s1', timeoutMs: 1_000 },
  };
  const wanted = { address: '10.0.10.23' };

  it('is given the labels that it lacks, and its token goes once all is in order', async () => {
    await createApiToken(api.client, {
      ...{ purpose: purposeOf(member), nodeName: 'pi-3' },
      signal: new AbortController().signal,
    });
    api.node('pi-3', { ...wanted, ready: false });
    setTimeout(() => api.node('pi-3', { ...wanted, labels: { disk: 'ssd' } }), 20);
    expect((await phase().probe(context(), params)).standing).toBe('partly');
    await phase().apply(context(), params, {});
    expect(revoked).toEqual(['pi-3']);
    expect(await phase().probe(context(), params)).toMatchObject({ standing: 'present' });
    await phase().undo(context(), params, {});
    expect(await phase().probe(context(), params)).toMatchObject({ standing: 'absent' });
    await phase().undo(context(), params, {});
  });

  it('is told apart from what was meant, and given up in time with what it lacks', async () => {
    api.node('pi-3', { address: '192.168.1.9', version: 'v1.36.0+k3s1' });
    const { standing, found } = await phase().probe(context(), params);
    expect(standing).toBe('partly');
    expect(found).toContain('its address is 192.168.1.9');
    expect(found).toContain('it runs v1.36.0+k3s1');
    await expect(phase().apply(context(), { ...params, timeoutMs: 30 }, {})).rejects.toMatchObject({
      code: 'JOIN_TIMED_OUT',
      message: expect.stringContaining('192.168.1.9'),
    });
  });
});
