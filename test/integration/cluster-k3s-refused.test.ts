import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharedSettings } from '../../shared/cluster/k3s-settings.ts';
import { RackhelmError } from '../../shared/model/errors.ts';
import { until } from '../cluster/index.ts';
import {
  describeBothK3s,
  type FaultName,
  K3sServer,
  must,
  setFaults,
  startByHand,
  startFirstServer,
  uninstall,
} from '../k3s/index.ts';
import type { Node } from '../rack/index.ts';
import { changedSince, steadyPictureOf } from './k3s/node-picture.ts';
import { fixedToken, type Joining, PhaseBed } from './k3s/phase-bed.ts';

/** `npm run test:slow`: also those that K3s itself takes half a minute for. */
const whole = process.env.RACKHELM_SLOW === '1';

interface Case {
  readonly name: string;
  readonly says: RegExp;
  readonly code?: 'JOIN_TIMED_OUT' | 'FIX_NOT_POSSIBLE';
  readonly settings?: Partial<Joining['settings']>;
  /** What the node joins with; null: nothing lies there. Default what is right. */
  readonly token?: (right: Tokens) => string | null;
  readonly fault?: FaultName;
  readonly timeoutMs?: number;
  /** What is wrong with the machine itself; what it gives back mends it. */
  readonly spoil?: (node: Node) => Promise<() => Promise<unknown>>;
  readonly slow?: true;
}

interface Tokens {
  readonly server: string;
  readonly agent: string;
}

const other = 'f'.repeat(64);
const hash = /(?<=^K10)[0-9a-f]{64}/;

/** By the machine that tries to join, so that those of different machines wait at the same time. */
const cases: Readonly<Record<string, readonly Case[]>> = {
  'agent-1': [
    {
      name: 'a token of another cluster',
      token: ({ agent }) => agent.replace(hash, other),
      says: /The token belongs to another cluster than the one that answers at this address\./,
    },
    {
      name: 'a token that has ended',
      token: ({ agent }) => agent.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
      says: /The server does not accept the token\./,
    },
    {
      name: 'a token that was cut, before anything is started',
      token: ({ agent }) => agent.slice(0, 40),
      code: 'FIX_NOT_POSSIBLE',
      says: /its second half is missing/,
    },
    {
      name: 'a token that has ended, as releases before 1.24 say it',
      token: ({ agent }) => agent.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
      fault: 'old-words',
      says: /The server does not accept the token\./,
      slow: true,
    },
    {
      name: 'a token file that is not there',
      token: () => null,
      says: /The file with the token is not there\./,
    },
    {
      name: 'a kernel that does not count memory by group',
      fault: 'no-memory-cgroup',
      says: /The kernel does not count memory by group/,
    },
    {
      name: 'a wrong address, where nobody answers',
      settings: { server: 'https://10.255.255.1:443' },
      says: /At the address of the server nobody answers as K3s does\./,
      slow: true,
    },
  ],
  'agent-2': [
    {
      name: 'the name of another node',
      settings: { nodeName: 'server-1' },
      says: /The cluster knows a node of this name with another password\./,
    },
    {
      name: 'the name of another node, as releases before 1.24 say it',
      settings: { nodeName: 'server-1' },
      fault: 'old-words',
      says: /The cluster knows a node of this name with another password\./,
      slow: true,
    },
    {
      name: 'a machine without a default route, which was not told its address',
      spoil: async (node) => {
        const route = (await must(node, 'ip -4 route show default')).trim();
        await must(node, 'ip route del default');
        return () => must(node, `ip route add ${route}`);
      },
      says: /The machine has no default route, so K3s cannot tell which address is its own\./,
    },
    {
      name: 'a clock that is wrong',
      spoil: async (node) => (await node.fault('wrong-clock', { offset: -9 * 86_400 * 365 })).clear,
      says: /the clock of this machine is wrong/,
    },
    {
      name: 'a port that another program has',
      spoil: async (node) => {
        await must(node, 'setsid nc -lk 127.0.0.1 6444 >/dev/null 2>&1 </dev/null & sleep 0.2');
        return () => must(node, 'pkill -x nc');
      },
      says: /Another program on this machine has a port that K3s needs\./,
    },
    {
      name: 'the port left out of the address, as releases before 1.24 say it',
      settings: { server: 'https://SERVER:443' },
      fault: 'old-words',
      says: /At the address of the server nobody answers as K3s does\./,
      slow: true,
    },
  ],
  'server-2': [
    {
      name: 'another range of pods than the cluster has',
      settings: {
        role: 'server',
        shared: sharedSettings.parse({ clusterCidr: ['10.52.0.0/16'] }),
      },
      says: /Settings that have to be the same on all servers differ/,
    },
    {
      name: 'a server that wants to join by a wrong password',
      settings: { role: 'server' },
      token: ({ server }) => `${server}x`,
      says: /The server does not accept the token\./,
    },
    {
      name: 'a port of the server where nothing listens',
      settings: { role: 'server', server: 'https://SERVER:443' },
      says: /Nothing listens at that address and port\./,
    },
    {
      name: 'a name that nobody knows',
      settings: { role: 'server', server: 'https://nobody.invalid:6443' },
      says: /The name of the server cannot be resolved on this machine\./,
    },
    {
      name: 'a member of etcd that does not answer',
      settings: { role: 'server' },
      fault: 'dead-member',
      says: /A member of etcd that does not run is still in its list/,
      slow: true,
    },
    {
      name: 'a database of a former cluster, made with another token',
      settings: { role: 'server' },
      spoil: async (node) => {
        await startFirstServer(node, { 'cluster-init': true });
        await must(node, 'systemctl disable --now k3s');
        return () => uninstall(node);
      },
      says: /The database that is here already was made with another token\./,
      slow: true,
    },
    {
      name: 'K3s that starts and says nothing more',
      settings: { role: 'server' },
      fault: 'hangs',
      timeoutMs: 3_000,
      code: 'JOIN_TIMED_OUT',
      says: /did not join within 1 minutes/,
    },
  ],
};

describeBothK3s('joining that K3s refuses', (rack, k3s) => {
  let bed: PhaseBed;
  let server: K3sServer;
  let tokens: Tokens;
  const node = (name: string) => rack().node(name);
  const cleanUp = () => Promise.all(rack().nodes.map(uninstall));
  beforeAll(async () => {
    await cleanUp();
    await k3s.prepare(rack());
    bed = new PhaseBed(rack(), k3s);
    server = new K3sServer(node('server-1'));
    const settings = { role: 'first-server', datastore: 'etcd' } as const;
    const first = await bed.join({ node: 'server-1', settings, tokens: null });
    expect(first.failure).toBeNull();
    await server.waitFor('server-1');
    tokens = { server: await server.token(), agent: await server.agentToken() };
  });
  afterAll(async () => {
    await bed.close();
    await cleanUp();
  });

  const failureOf = async (name: string, one: Case) => {
    const {
      settings = {},
      token = (right: Tokens) => right[role === 'agent' ? 'agent' : 'server'],
    } = one;
    const role = settings.role ?? 'agent';
    const url = (settings.server ?? server.url).replace('SERVER', server.node.address);
    if (one.fault) await setFaults(node(name), one.fault);
    const mend = await one.spoil?.(node(name));
    const given = token(tokens);
    const { failure, undo } = await bed.join({
      node: name,
      settings: { ...settings, role, server: url },
      tokens: given === null ? null : fixedToken(given),
      timeoutMs: one.timeoutMs ?? 90_000,
    });
    const state = await node(name).exec(
      'systemctl is-active k3s k3s-agent; systemctl is-enabled k3s k3s-agent',
    );
    await undo();
    await mend?.();
    await setFaults(node(name));
    return { failure, state: state.stdout };
  };

  describe.concurrent.for(Object.keys(cases))('on %s', (name) => {
    const chosen = (cases[name] ?? []).filter(
      ({ slow, fault }) => (whole || !slow) && !(k3s.isReal && fault),
    );
    it.for(chosen)('tells of $name', { concurrent: false, timeout: 180_000 }, async (one) => {
      const { failure, state } = await failureOf(name, one);
      expect(failure).toBeInstanceOf(RackhelmError);
      expect(failure).toMatchObject({
        code: one.code ?? 'JOIN_REFUSED',
        message: expect.stringMatching(one.says),
      });
      // It does not go on trying unseen.
      expect(state).not.toMatch(/^(active|activating|enabled)$/m);
    });
  });

  it('tells of it under OpenRC too, and takes all of it away again', async () => {
    const before = await steadyPictureOf(rack(), 'alpine');
    const { failure, undo } = await bed.join({
      ...{ node: 'alpine', init: 'openrc', tokens: fixedToken(tokens.agent.replace(hash, other)) },
      settings: { role: 'agent', server: server.url, nodeIps: [node('alpine').address] },
    });
    expect(failure).toMatchObject({
      code: 'JOIN_REFUSED',
      message: expect.stringMatching(/The token belongs to another cluster/),
    });
    expect((await node('alpine').exec('rc-service k3s-agent status')).exitCode).not.toBe(0);
    await undo();
    expect(await changedSince(before, rack(), 'alpine')).toEqual([]);
  }, 180_000);

  const another = 'tells that another server is joining, which never becomes a full member';
  // Not named as skipped: nothing is missing, it takes long.
  if (whole && !k3s.isReal) {
    it(another, { timeout: 300_000 }, async () => {
      await setFaults(node('server-1'), 'learner-stays');
      const joining = { server: server.url, token: tokens.server };
      await startByHand(node('agent-2'), 'server', joining);
      await until('it is a learner', async () =>
        (await server.members()).some(({ isLearner }) => isLearner),
      );
      const { failure } = await failureOf('server-2', {
        ...{ name: another, settings: { role: 'server' }, says: /./ },
      });
      expect(failure).toMatchObject({
        code: 'JOIN_REFUSED',
        message: expect.stringMatching(
          /Another server is joining just now; only one can at a time\./,
        ),
      });
      await setFaults(node('server-1'));
      // Whoever leaves etcd while it runs takes no majority along.
      await server.waitFor('agent-2');
      await server.kubectl('delete node agent-2');
      await until('it has left', async () => (await server.members()).length === 1);
      await uninstall(node('agent-2'));
    });
  }
});
