import type { CheckFix, Evidence } from '../../../../../shared/checks/check.ts';
import type { JoinAs } from '../../../../../shared/cluster/join/join-answers.ts';
import type { JoinCluster } from '../../../../../shared/cluster/join/join-cluster.ts';
import { mayJoin } from '../../../../../shared/cluster/quorum.ts';
import { joinObjection, parseClusterVersion } from '../../../../../shared/cluster/version.ts';
import { parsePrefix } from '../../../../../shared/network/prefix.ts';
import { overlap } from '../../../../../shared/network/range.ts';
import type { Check, Verdict } from '../../../engine/checks/index.ts';

/** What one machine saw of the server that it is to join. */
export interface ServerTried {
  readonly url: string;
  readonly outcome: 'answers' | 'refused' | 'timed-out' | 'unknown-name' | 'no-tool' | 'fails';
  /** SHA-256 of what /cacerts answered. */
  readonly hash: string | null;
  /** How far the machine is ahead of this computer, and how far off that may be; milliseconds. */
  readonly clock: { readonly aheadMs: number; readonly accuracyMs: number } | null;
  readonly evidence: readonly Evidence[];
}

export interface JoinRead {
  readonly cluster: JoinCluster;
  readonly nodeName: string;
  readonly as: Exclude<JoinAs, 'none'>;
  /** Null: not known yet. */
  readonly version: string | null;
  /** Null: there is no server that could be tried. */
  readonly tried: ServerTried | null;
  /** Documented prefixes, with what they are called. */
  readonly prefixes: readonly { readonly prefix: string; readonly name: string }[];
}

type JoinCheck = Check<JoinRead, null>;

const group = 'Cluster';
const steps = (...lines: readonly [string, ...string[]]): CheckFix => ({
  ...{ kind: 'steps', steps: [...lines] },
});
const pass = (found: string, evidence: readonly Evidence[] = []): Verdict => ({
  ...{ status: 'pass', found, evidence },
});
const none = (found: string): Verdict => ({ status: 'not-applicable', found });

const name: JoinCheck = {
  id: 'onboarding.join-name',
  group,
  title: 'Name is free in the cluster',
  why: 'A node that takes the name of another is refused, and its agent retries for ever.',
  rule({ cluster, nodeName }) {
    if (cluster.state === 'empty') return none('The cluster is made by this machine.');
    if (cluster.nodeNames.includes(nodeName)) {
      const fix = steps(
        'Give the machine another host name.',
        `Or, where that node is gone for good: kubectl delete node ${nodeName}`,
      );
      return { status: 'fail', found: `There is a node ${nodeName} already.`, fix };
    }
    if (cluster.passwordNames === null)
      return { status: 'unknown', found: 'Passwords of former nodes could not be seen.' };
    if (!cluster.passwordNames.includes(nodeName)) return pass(`${nodeName} is free.`);
    const fix = steps(`kubectl -n kube-system delete secret ${nodeName}.node-password.k3s`);
    return { status: 'fail', found: `A former node ${nodeName} left its password.`, fix };
  },
};

const reached: JoinCheck = {
  id: 'onboarding.join-server',
  group,
  title: 'The server is reached',
  why: 'Whoever joins asks a server at port 6443; where a firewall stands between, an agent says nothing of it.',
  rule({ tried }) {
    if (tried === null) return none('There is no server that could be tried.');
    const { url, outcome, evidence } = tried;
    const host = url.replace(/^https:\/\//, '');
    const words: Record<Exclude<ServerTried['outcome'], 'answers' | 'no-tool'>, string> = {
      refused: 'refuses the connection: nothing listens there, or a firewall rejects it',
      'timed-out': 'does not answer: a firewall drops the packets, or no way leads there',
      'unknown-name': 'is a name that this machine cannot look up',
      fails: 'does not answer as an API does',
    };
    if (outcome === 'answers') return pass(`${host} answers.`, evidence);
    if (outcome === 'no-tool')
      return { status: 'unknown', found: 'It has neither curl nor wget to try it with.', evidence };
    const fix = steps(
      'Let port 6443/tcp through from this machine to the server.',
      'Or name another server for the join.',
    );
    return { status: 'fail', found: `${host} ${words[outcome]}.`, evidence, fix };
  },
};

const authority: JoinCheck = {
  id: 'onboarding.join-authority',
  group,
  title: 'The server is the right one',
  why: 'A token names its cluster by the hash of the authority: whoever stands in between, or another cluster at that address, is found out.',
  rule({ cluster, tried }) {
    if (tried?.outcome !== 'answers') return none('Nothing answered that could be compared.');
    if (cluster.caHash === null || tried.hash === null)
      return { status: 'unknown', found: 'The hash of its authority is not known.' };
    const { evidence } = tried;
    if (cluster.caHash === tried.hash)
      return pass(`It is ${cluster.name}: ${tried.hash.slice(0, 16)}…`, evidence);
    const found = `It shows ${tried.hash.slice(0, 16)}…, and ${cluster.name} has ${cluster.caHash.slice(0, 16)}…`;
    const fix = steps('Find out who answers at this address before anything joins it.');
    return { status: 'fail', found, evidence, fix };
  },
};

/** As k0sctl has it; certificates of a join are valid from now on. */
const mostSkewMs = 30_000;

const clock: JoinCheck = {
  id: 'onboarding.join-clock',
  group,
  title: 'Clock against the servers',
  why: 'A certificate that begins in the future is no certificate: TLS breaks, and etcd complains.',
  rule({ cluster, tried }) {
    if (!tried?.clock || cluster.clockAheadMs === null)
      return { status: 'unknown', found: 'One of both clocks was not told.' };
    const { evidence } = tried;
    // The API tells whole seconds.
    const apartMs = Math.abs(tried.clock.aheadMs - cluster.clockAheadMs);
    const sureMs = apartMs - tried.clock.accuracyMs - 1_000;
    const words = `${Math.round(apartMs / 1_000)} s apart`;
    if (sureMs <= mostSkewMs) return pass(`${words}.`, evidence);
    const fix = steps('Let both synchronise their clocks (chrony, systemd-timesyncd).');
    return { status: 'fail', found: `They are ${words}.`, evidence, fix };
  },
};

const version: JoinCheck = {
  id: 'onboarding.join-version',
  group,
  title: 'Version fits the servers',
  why: 'A node is never newer than the servers, and only a little older.',
  rule({ cluster, as, version: text }) {
    if (cluster.state === 'empty') return none('There are no servers yet.');
    const own = text === null ? null : parseClusterVersion(text);
    if (own === null) return { status: 'unknown', found: 'Its version is not known yet.' };
    const servers = cluster.servers.flatMap((one) => parseClusterVersion(one.version) ?? []);
    const objection = joinObjection(own, as, servers);
    if (objection === null) return pass(`${own.text}, as the servers allow.`);
    const fix = steps('Choose the version of the servers, or upgrade these first.');
    return { status: 'fail', found: objection.says, fix };
  },
};

const quorum: JoinCheck = {
  id: 'onboarding.join-quorum',
  group,
  title: 'Room for another server',
  why: 'etcd decides by majority: one server joins at a time, all others have to be up, and an even number bears no more failures.',
  rule({ cluster, as }) {
    if (as === 'agent') return none('Agents have no vote.');
    const { state, store, servers } = cluster;
    if (state === 'empty') return none('It is the first one.');
    if (store === 'sqlite') {
      const fix = steps('Change the cluster to etcd first: rackhelm cluster to-etcd.');
      return { status: 'fail', found: 'It keeps its state in SQLite, for one server.', fix };
    }
    const verdict = mayJoin(servers);
    if (!verdict.allowed)
      return {
        status: 'fail',
        found: verdict.says,
        fix: steps('Bring the control plane in order first.'),
      };
    const count = servers.length + 1;
    if (count % 2 === 1) return pass(`With it there are ${count}.`);
    const found = `With it there are ${count}: an even number bears no more failures than ${count - 1}.`;
    return { status: 'warn', found, fix: steps('Let another one join soon.') };
  },
};

const usualRanges = { clusterCidr: ['10.42.0.0/16'], serviceCidr: ['10.43.0.0/16'] };

const ranges: JoinCheck = {
  id: 'onboarding.join-ranges',
  group,
  title: 'Ranges of the cluster and VLANs',
  why: 'Where a VLAN has addresses of pods or services, one of the two cannot be reached from any node.',
  rule({ cluster, prefixes }) {
    const own = (key: 'clusterCidr' | 'serviceCidr') =>
      cluster.shared?.[key].length ? cluster.shared[key] : usualRanges[key];
    const taken = [...own('clusterCidr'), ...own('serviceCidr')].flatMap(
      (text) => parsePrefix(text) ?? [],
    );
    const clashes = prefixes.filter(({ prefix }) => {
      const parsed = parsePrefix(prefix);
      // The prefix that the inventory plans for the pods is no clash with them.
      return taken.some((range) => parsed && overlap(range, parsed) && !isSame(range, parsed));
    });
    if (clashes.length === 0) return pass('No documented prefix lies in them.');
    const named = clashes.slice(0, 5).map((one) => `${one.prefix} (${one.name})`);
    const fix = steps('Choose other ranges for the cluster, or move the VLAN.');
    return { status: 'fail', found: `They meet ${named.join(', ')}.`, fix };
  },
};

type Range = NonNullable<ReturnType<typeof parsePrefix>>;
const isSame = (a: Range, b: Range) => a.first === b.first && a.length === b.length;

/** Checks of a machine that need a cluster. */
export const joinChecks: readonly JoinCheck[] = [
  name,
  reached,
  authority,
  clock,
  version,
  quorum,
  ranges,
];
