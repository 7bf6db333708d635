import type { DrainFinding } from '../../../../../shared/cluster/drain/finding.ts';
import { fatesOf, findingsOf } from '../../../../../shared/cluster/drain/preflight.ts';
import { said } from '../../../../../shared/cluster/status.ts';
import type { ClusterNode } from '../../../../../shared/cluster/upkeep/cluster-node.ts';
import { type LeaveVerdict, mayLeave } from '../../../../../shared/cluster/upkeep/may-leave.ts';
import { type NodeVolume, volumeText } from '../../../../../shared/cluster/upkeep/node-volumes.ts';
import type { LeaveWork, UpkeepFinding } from '../../../../../shared/cluster/upkeep/upkeep-work.ts';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import { newId } from '../../../db/index.ts';
import { surveyOf } from '../../drain/survey.ts';
import { tryEvictions } from '../../drain/try-evictions.ts';
import { type LookedAtMachine, lookAtK3s, type MachineLooks } from '../look-at-machine.ts';
import { machineOf } from '../node-machines.ts';
import { nodesNow } from '../node-now.ts';
import { stamp } from '../stamp.ts';
import type { UpkeepLook, UpkeepNeeds, WorkContext } from '../upkeep-needs.ts';
import { info, stop, type Wanted, warning } from '../wanted.ts';
import { leaveLane } from './leave-lane.ts';
import { goesWithK3s, volumesOn } from './volumes-guard.ts';

/** What stands against a node leaving, what is lost by it, and what would be done. Changes nothing. */
export async function wantedLeave(
  needs: UpkeepNeeds & MachineLooks,
  { work, ...context }: WorkContext & { readonly work: LeaveWork },
  look: UpkeepLook,
): Promise<Wanted> {
  const { contextId, clusterId, clusterName } = context;
  const { signal } = look;
  const client = needs.clientOf(contextId);
  const nodes = await nodesNow(client, signal);
  const node = nodes.find(({ name }) => name === work.node);
  if (node === undefined) throw new RackhelmError('NOT_FOUND', `There is no node ${work.node}.`);
  const machine = machineOf(needs, clusterId, node);
  const verdict = mayLeave(node, nodes);
  const volumes = await volumesOn(client, node.name, signal);
  const keptAt = work.volumes === 'keep' ? `/var/lib/k3s-volumes-${stamp()}` : null;
  const isThere = work.machine === 'there';
  const looked: LookedAtMachine | null = isThere ? await lookAtK3s(needs, machine, look) : null;
  const findings = [
    ...controlPlaneFindings(node, verdict),
    ...(await addressFindings(needs, { contextId, clusterId, node, nodes }, signal)),
    ...machineFindings(node, work, looked),
    ...(isThere ? await podFindings(needs, { contextId, work }, signal) : []),
    ...volumeFindings(volumes, work, keptAt),
  ];
  const lane = leaveLane({
    ...{ node, verdict, machine, clusterName, work, token: newId() },
    seen: looked?.ok ? looked.seen : null,
    at: { contextId, clusterId, where: clusterName, node: node.name, uid: node.uid },
    volumes: volumes ?? [],
    keptAt: volumes?.some(goesWithK3s) ? keptAt : null,
  });
  const isReached = !isThere || (looked?.ok === true && machine?.target != null);
  const machines =
    isThere && machine?.target != null
      ? { [lane.lane]: { name: machine.name, target: machine.target } }
      : {};
  return {
    title: `${node.name} leaves ${clusterName}`,
    findings,
    job: isReached ? { lanes: [lane], input: { clusterId, contextId, machines } } : null,
  };
}

function controlPlaneFindings(node: ClusterNode, verdict: LeaveVerdict): UpkeepFinding[] {
  const says = /\.$/.test(verdict.says) ? verdict.says : `${verdict.says}.`;
  return [
    verdict.allowed ? info(says) : stop(says),
    ...(node.isK3s
      ? []
      : [
          stop(
            `${said(node.name)} is no node of K3s (${said(node.version) || 'it tells no version'}).`,
          ),
        ]),
    ...(verdict.allowed && verdict.deleteMemberFirst
      ? [
          warning(
            'It is taken off the list of etcd while it still runs, since the other server alone would have no majority.',
          ),
        ]
      : []),
  ];
}

interface Place {
  readonly contextId: string;
  readonly clusterId: string;
  readonly node: ClusterNode;
  readonly nodes: readonly ClusterNode[];
}

/** A context that knows no other server than the one that goes is of no use afterwards. */
async function addressFindings(
  needs: UpkeepNeeds,
  { contextId, clusterId, node, nodes }: Place,
  signal: AbortSignal,
): Promise<UpkeepFinding[]> {
  if (!node.isServer) return [];
  const host = URL.parse(await needs.serverOf(contextId, signal))?.hostname.replace(/^\[|\]$/g, '');
  const own = [node.name.toLowerCase(), ...node.addresses.map((one) => one.toLowerCase())];
  if (host === undefined || !own.includes(host.toLowerCase())) return [];
  const name = said(node.name);
  const others = nodes.filter((one) => one.isServer && one.name !== node.name);
  const isElsewhere = others.some((one) => machineOf(needs, clusterId, one)?.target != null);
  const says = `This context finds the API at ${name} itself (${host})`;
  return [
    isElsewhere
      ? warning(
          `${says}: once it is stopped, the API is reached through another server by SSH. Take a context of another server soon.`,
        )
      : stop(
          `${says}, and no other server has an SSH host here: once it is stopped nothing would be reached. Take a context of another server first.`,
        ),
  ];
}

function machineFindings(
  node: ClusterNode,
  { machine }: LeaveWork,
  looked: LookedAtMachine | null,
): UpkeepFinding[] {
  const name = said(node.name);
  if (machine === 'gone') {
    return node.ready === 'ready'
      ? [
          stop(
            `${name} answers its cluster: it is not gone. Stop K3s there first, or it comes back.`,
          ),
        ]
      : [
          warning(
            `K3s stays on ${name} as it is. Should the machine come back, it must not be started there.`,
          ),
        ];
  }
  if (looked === null) return [];
  if (!looked.ok)
    return [
      stop(
        `The machine of ${name} is not reached: ${looked.says} K3s cannot be taken off it.`,
        node.ready === 'ready' ? null : 'machine-gone',
      ),
    ];
  const { seen } = looked;
  return [
    ...(seen.otherData === null
      ? []
      : [
          stop(
            `K3s keeps its data in ${said(seen.otherData)} there, which Rackhelm does not take away.`,
          ),
        ]),
    ...(seen.service === null ? [info(`K3s is not installed on ${name} any more.`)] : []),
  ];
}

const acceptedBy: Partial<Record<DrainFinding['kind'], UpkeepFinding['accept']>> = {
  'local-data': 'local-data',
  uncontrolled: 'uncontrolled',
};

async function podFindings(
  { clientOf }: Pick<UpkeepNeeds, 'clientOf'>,
  { contextId, work }: { readonly contextId: string; readonly work: LeaveWork },
  signal: AbortSignal,
): Promise<UpkeepFinding[]> {
  const client = clientOf(contextId);
  const survey = await surveyOf(client, work.node, signal);
  const going = fatesOf(survey, work.drain).flatMap((fate) =>
    fate.does === 'skip' ? [] : [fate.pod],
  );
  const { findings } = findingsOf(survey, work.drain, await tryEvictions(client, going, signal));
  const staying = fatesOf(survey, work.drain).filter(({ does }) => does === 'skip').length;
  return [
    ...findings.map(({ weight, says, kind }) => ({
      ...{ weight, says: says.slice(0, 2_000) },
      accept: weight === 'stop' ? (acceptedBy[kind] ?? null) : null,
    })),
    ...(staying > 0 ? [info(`${staying} pods that belong to the node itself end with it.`)] : []),
  ];
}

function volumeFindings(
  volumes: readonly NodeVolume[] | null,
  { acceptVolumes, machine }: LeaveWork,
  keptAt: string | null,
): UpkeepFinding[] {
  if (volumes === null)
    return [warning('This user may not read volumes: what lies on this node alone is not known.')];
  return volumes.map((volume) => {
    const what = `The volume ${volumeText(volume)} lies on this node alone`;
    const lost = volume.claim === null ? '' : ' Pods that claim it do not start elsewhere.';
    const becomes =
      machine === 'gone' || !goesWithK3s(volume)
        ? 'what it holds stays on that disk'
        : keptAt === null
          ? 'what it holds is deleted'
          : `what it holds is set aside in ${keptAt}`;
    const says = `${what}: ${becomes}.${lost}`;
    return acceptVolumes ? warning(says) : stop(says, 'volumes');
  });
}
