import { said } from '../../../../../shared/cluster/status.ts';
import type { ClusterNode } from '../../../../../shared/cluster/upkeep/cluster-node.ts';
import type { UpkeepFinding } from '../../../../../shared/cluster/upkeep/upkeep-work.ts';
import { parseClusterVersion } from '../../../../../shared/cluster/version.ts';
import type { LookContext, WantedLane } from '../../../engine/jobs/index.ts';
import { type MachineLooks, withMachine } from '../look-at-machine.ts';
import { machineOf, type NodeMachine } from '../node-machines.ts';
import { nodesNow } from '../node-now.ts';
import { type SeenK3s, seeK3s } from '../see-machine.ts';
import { stamp } from '../stamp.ts';
import { quorumFindings } from '../upgrade/quorum-findings.ts';
import { wellParams } from '../upgrade/well-params.ts';
import type { UpkeepInput } from '../upkeep-kind.ts';
import type { UpkeepLook, UpkeepNeeds, WorkContext } from '../upkeep-needs.ts';
import { info, stop, type Wanted, warning } from '../wanted.ts';
import { holding, seeTokenFiles, serverTokenPath, type TokenFile } from './token-files.ts';

/** K3s rotates it since 1.28. */
const sinceMinor = 28;

/** Another token of the servers, for all that hold the one before. Changes nothing. */
export async function wantedRotation(
  needs: UpkeepNeeds & MachineLooks,
  context: WorkContext,
  look: UpkeepLook,
): Promise<Wanted> {
  const { contextId, clusterName } = context;
  const client = needs.clientOf(contextId);
  const title = `Rotate the token of ${clusterName}`;
  const all = await nodesNow(client, look.signal);
  const nodes = all
    .filter(({ isK3s }) => isK3s)
    .toSorted((a, b) => Number(b.isServer) - Number(a.isServer) || a.name.localeCompare(b.name));
  const servers = nodes.filter(({ isServer }) => isServer);
  const refused = (findings: UpkeepFinding[]): Wanted => ({ title, findings, job: null });
  const objections = objectionsTo(servers);
  if (objections.length > 0) return refused(objections);
  const looked = await lookAtAll(needs, { ...context, nodes }, look);
  const findings = [
    ...(await quorumFindings(client, servers, look.signal)),
    ...looked.flatMap((one) => one.findings),
  ];
  const holders = looked.flatMap(({ holder }) => holder ?? []);
  const [first] = holders;
  if (first === undefined || holders.filter(({ node }) => node.isServer).length < servers.length)
    return refused(findings);
  const keep = `/var/lib/k3s-before-token-${stamp()}`;
  const well = await wellParams(client, { contextId, where: clusterName, nodes }, look.signal);
  return {
    title,
    findings: [...findings, ...toKnow(first, { keep, nodes, holders })],
    job: jobOf(holders, { ...context, keep, well }),
  };
}

function objectionsTo(servers: readonly ClusterNode[]): UpkeepFinding[] {
  if (servers.length === 0) return [stop('It has no server of K3s.')];
  return servers.flatMap(({ name, ready, version }) => {
    const known = parseClusterVersion(version);
    const isOld = known !== null && known.major === 1 && known.minor < sinceMinor;
    return [
      ...(isOld
        ? [stop(`${said(name)} runs ${said(version)}: K3s rotates its token since 1.28.`)]
        : []),
      ...(ready === 'ready'
        ? []
        : [stop(`The server ${said(name)} does not answer. Bring it back first.`)]),
    ];
  });
}

/** One that is restarted with the new token. */
interface Holder extends Pick<SeenK3s, 'init'> {
  readonly node: ClusterNode;
  readonly machine: NodeMachine & { readonly target: NonNullable<NodeMachine['target']> };
  readonly service: NonNullable<SeenK3s['service']>;
  readonly files: readonly TokenFile[];
}

interface LookedAt {
  readonly findings: readonly UpkeepFinding[];
  readonly holder: Holder | null;
}

async function lookAtAll(
  needs: UpkeepNeeds & MachineLooks,
  { clusterId, nodes }: WorkContext & { readonly nodes: readonly ClusterNode[] },
  look: UpkeepLook,
): Promise<LookedAt[]> {
  const found: LookedAt[] = [];
  let old: string | null = null;
  for (const node of nodes) {
    const machine = machineOf(needs, clusterId, node);
    const work = async (on: LookContext) => {
      const seen = await seeK3s(on);
      old ??= await tokenOf(on);
      const files = seen.service === null ? [] : await seeTokenFiles(on, { service: seen.service });
      return { seen, files: old === null ? [] : await holding(on, files, old) };
    };
    const one = await withMachine(needs, machine, { ...look, work });
    found.push(
      one.ok
        ? judged(node, { machine, ...one.value, isKnown: old !== null })
        : nothing(notReached(node, one.says)),
    );
  }
  return found;
}

async function tokenOf({ machine, signal }: LookContext): Promise<string | null> {
  const file = await machine.readFile(serverTokenPath, { signal });
  return file?.content.toString('utf8').trim() ?? null;
}

const nothing = (...findings: UpkeepFinding[]): LookedAt => ({ findings, holder: null });

function notReached({ name, isServer }: ClusterNode, why: string): UpkeepFinding {
  if (isServer) return stop(`The machine of ${said(name)} is not reached: ${why}`);
  return warning(
    `${said(name)} is not looked at, since ${why} If it holds the token of the servers, give it the new one, or it may not come back from its next restart.`,
  );
}

interface Judging {
  readonly machine: NodeMachine | null;
  readonly seen: SeenK3s;
  readonly files: readonly TokenFile[];
  readonly isKnown: boolean;
}

function judged(node: ClusterNode, { machine, seen, files, isKnown }: Judging): LookedAt {
  const { service, init, otherData } = seen;
  const name = said(node.name);
  if (otherData !== null)
    return nothing(stop(`K3s of ${name} keeps its data in ${said(otherData)}.`));
  if (service === null || machine?.target == null)
    return nothing(stop(`On the machine of ${name} there is no service of K3s.`));
  if (!isKnown) return nothing(stop(`There is no ${serverTokenPath} on ${name}.`));
  if (!node.isServer && files.length === 0) return nothing();
  const { target } = machine;
  return { findings: [], holder: { node, service, init, files, machine: { ...machine, target } } };
}

interface Known {
  readonly keep: string;
  readonly nodes: readonly ClusterNode[];
  readonly holders: readonly Holder[];
}

function toKnow({ node }: Holder, { keep, nodes, holders }: Known): UpkeepFinding[] {
  const own = nodes.length - holders.length;
  return [
    warning(
      `Snapshots that were taken before need the old token to be restored. It is set aside in ${keep} on ${said(node.name)}.`,
    ),
    warning(
      'A server that has not been given the new token does not come up from its next restart: let this go on to its end.',
    ),
    info(
      `K3s makes the new token itself, on ${said(node.name)}. It lies in ${serverTokenPath} of each server and is never shown: keep a copy of it with your backups.`,
    ),
    info('Each server is restarted, then the agents that hold this token; pods go on running.'),
    ...(own > 0
      ? [
          info(
            `${own} ${own === 1 ? 'agent needs' : 'agents need'} nothing: what they joined with is another token.`,
          ),
        ]
      : []),
  ];
}

interface Rotation extends WorkContext {
  readonly keep: string;
  readonly well: Record<string, unknown>;
}

function jobOf(
  holders: readonly Holder[],
  { contextId, clusterId, clusterName, keep, well }: Rotation,
): NonNullable<Wanted['job']> {
  const machines: UpkeepInput['machines'] = {};
  const from = holders[0]?.machine.deviceId;
  const lanes = holders.map(({ node, machine, service, init, files }, index): WantedLane => {
    const { deviceId, name, target } = machine;
    machines[deviceId] = { name, target };
    const before = holders[index - 1]?.machine.deviceId;
    const at = { contextId, clusterId, where: clusterName, node: node.name, uid: node.uid };
    const given = { ...at, service, init, isServer: node.isServer, from, keep, files };
    return {
      ...{ lane: deviceId, title: node.name, deviceId },
      after: before === undefined ? [] : [before],
      phases: [
        ...(index === 0 ? [{ phase: 'rotate-token', params: { ...at, keep } }] : []),
        { phase: 'give-token', params: given },
        { phase: 'cluster-well', params: well },
      ],
    };
  });
  return { lanes, input: { clusterId, contextId, machines } };
}
