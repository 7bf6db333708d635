import { said } from '../../../../../shared/cluster/status.ts';
import type { ClusterNode } from '../../../../../shared/cluster/upkeep/cluster-node.ts';
import { upgradeOrder } from '../../../../../shared/cluster/upkeep/upgrade-order.ts';
import type {
  UpgradeWork,
  UpkeepFinding,
} from '../../../../../shared/cluster/upkeep/upkeep-work.ts';
import { binaryPath } from '../../join/phases/paths.ts';
import { releaseNames } from '../../join/release/architecture.ts';
import type { Release } from '../../join/release/release.ts';
import { lookAtK3s, type MachineLooks } from '../look-at-machine.ts';
import { machineOf, type NodeMachine } from '../node-machines.ts';
import { nodesNow } from '../node-now.ts';
import type { SeenK3s } from '../see-machine.ts';
import { stamp } from '../stamp.ts';
import type { UpkeepLook, UpkeepNeeds, WorkContext } from '../upkeep-needs.ts';
import { info, stop, type Wanted, warning } from '../wanted.ts';
import { quorumFindings } from './quorum-findings.ts';
import { releaseFor, versionMeant } from './releases.ts';
import { type UpgradedNode, upgradeLanes } from './upgrade-lanes.ts';
import { wellParams } from './well-params.ts';

/** What stands against an upgrade, and what would be done. Changes nothing. */
export async function wantedUpgrade(
  needs: UpkeepNeeds & MachineLooks,
  { work, ...context }: WorkContext & { readonly work: UpgradeWork },
  look: UpkeepLook,
): Promise<Wanted> {
  const { contextId, clusterId, clusterName } = context;
  const { signal } = look;
  const client = needs.clientOf(contextId);
  const nodes = await nodesNow(client, signal);
  const version = await versionMeant(needs, work, signal);
  const { nodes: wanted, objections } = upgradeOrder(nodes, version, work.nodes);
  const title = `Upgrade ${clusterName} to ${version}`;
  if (objections.length > 0)
    return { title, findings: objections.map((one) => stop(one)), job: null };
  const releases = await releasesFor(needs, { wanted, work: { ...work, version } }, signal);
  const looked = await lookAtAll(needs, { clusterId, wanted, releases }, look);
  const findings = [
    ...nodeFindings(nodes),
    ...[...releases.values()].flatMap(({ notes }) => notes).map(warning),
    ...(await quorumFindings(client, wanted, signal)),
    ...looked.flatMap(({ findings: own }) => own),
    ...dataFindings(
      wanted,
      looked.flatMap(({ upgraded }) => upgraded ?? []),
    ),
    ...drainFindings(work, wanted),
  ];
  const upgraded = looked.flatMap((one) => (one.upgraded === null ? [] : [one.upgraded]));
  if (upgraded.length < wanted.length) return { title, findings, job: null };
  const lanes = upgradeLanes({
    ...{ contextId, clusterId, where: clusterName, version, work, nodes: upgraded },
    well: await wellParams(client, { contextId, where: clusterName, nodes }, signal),
    stamp: stamp(),
  });
  const machines = Object.fromEntries(
    upgraded.map(({ lane, machine: { name, target } }) => [lane, { name, target }]),
  );
  return { title, findings, job: { lanes, input: { clusterId, contextId, machines } } };
}

type Releases = ReadonlyMap<string, Release>;

/** By architecture, of those that there are. */
async function releasesFor(
  needs: UpkeepNeeds,
  { wanted, work }: { readonly wanted: readonly ClusterNode[]; readonly work: UpgradeWork },
  signal: AbortSignal,
): Promise<Releases> {
  const found = new Map<string, Release>();
  for (const architecture of new Set(wanted.map((node) => node.architecture))) {
    if (releaseNames(architecture) === undefined) continue;
    found.set(architecture, await releaseFor(needs, { ...work, architecture }, signal));
  }
  return found;
}

interface LookedAt {
  readonly findings: readonly UpkeepFinding[];
  readonly upgraded: UpgradedNode | null;
}

const atOnce = 4;

async function lookAtAll(
  needs: UpkeepNeeds & MachineLooks,
  asked: {
    readonly clusterId: string;
    readonly wanted: readonly ClusterNode[];
    readonly releases: Releases;
  },
  look: UpkeepLook,
): Promise<LookedAt[]> {
  const found: LookedAt[] = [];
  const turns = asked.wanted.entries();
  const worker = async () => {
    for (const [index, node] of turns) {
      const machine = machineOf(needs, asked.clusterId, node);
      const looked = await lookAtK3s(needs, machine, look);
      found[index] = looked.ok
        ? judged(node, { machine, seen: looked.seen, releases: asked.releases })
        : nothing(`The machine of ${said(node.name)} is not reached: ${looked.says}`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, asked.wanted.length) }, worker));
  return found;
}

const nothing = (says: string): LookedAt => ({ findings: [stop(says)], upgraded: null });

interface Judging {
  readonly machine: NodeMachine | null;
  readonly seen: SeenK3s;
  readonly releases: Releases;
}

function judged(node: ClusterNode, { machine, seen, releases }: Judging): LookedAt {
  const name = said(node.name);
  if (seen.service === null || machine?.target == null)
    return nothing(`On the machine of ${name} there is no service of K3s.`);
  if (!seen.usualBinary)
    return nothing(
      `K3s of ${name} does not run from ${binaryPath}, where alone another version is put.`,
    );
  const release = releases.get(node.architecture);
  if (release === undefined)
    return nothing(
      `There is no binary for ${said(node.architecture) || 'its processor'}, which ${name} has.`,
    );
  const { service, init, datastore } = seen;
  const { deviceId, target } = machine;
  return {
    findings: [],
    upgraded: {
      ...{ node, release, service, init, datastore, lane: deviceId },
      machine: { deviceId, name: machine.name, target },
    },
  };
}

function nodeFindings(nodes: readonly ClusterNode[]): UpkeepFinding[] {
  return nodes
    .filter(({ ready }) => ready !== 'ready')
    .map(({ name, isServer }) =>
      isServer
        ? stop(`The server ${said(name)} does not answer. Bring it back first.`)
        : warning(`${said(name)} does not answer; it is not waited for.`),
    );
}

function dataFindings(
  wanted: readonly ClusterNode[],
  upgraded: readonly UpgradedNode[],
): UpkeepFinding[] {
  if (!wanted.some(({ isServer }) => isServer)) return [];
  const stores = upgraded.filter(({ node }) => node.isServer).map(({ datastore }) => datastore);
  if (stores.includes('etcd'))
    return [
      info(
        'A snapshot of etcd is taken first: without it there is no way back from a minor version.',
      ),
    ];
  if (stores.includes('sqlite'))
    return [info('Its database is copied first, with its token; K3s is stopped for that.')];
  return [
    warning('K3s keeps its data in a database elsewhere: back that up first, nothing here does.'),
  ];
}

function drainFindings({ drain }: UpgradeWork, wanted: readonly ClusterNode[]): UpkeepFinding[] {
  return drain
    ? [
        info(
          `Each of ${wanted.length} nodes is emptied first; what its budgets forbid is waited for.`,
        ),
      ]
    : [info('Pods go on running while K3s is restarted; no node is emptied.')];
}
