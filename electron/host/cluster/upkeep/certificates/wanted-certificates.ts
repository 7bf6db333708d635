import { said } from '../../../../../shared/cluster/status.ts';
import type { ClusterNode } from '../../../../../shared/cluster/upkeep/cluster-node.ts';
import type {
  CertificatesWork,
  UpkeepFinding,
} from '../../../../../shared/cluster/upkeep/upkeep-work.ts';
import type { WantedLane } from '../../../engine/jobs/index.ts';
import { type MachineLooks, withMachine } from '../look-at-machine.ts';
import { machineOf } from '../node-machines.ts';
import { nodesNow } from '../node-now.ts';
import { seeK3s } from '../see-machine.ts';
import { quorumFindings } from '../upgrade/quorum-findings.ts';
import { wellParams } from '../upgrade/well-params.ts';
import type { UpkeepInput } from '../upkeep-kind.ts';
import type { UpkeepLook, UpkeepNeeds, WorkContext } from '../upkeep-needs.ts';
import { info, stop, type Wanted, warning } from '../wanted.ts';
import { type NodeCertificate, seeCertificates } from './see-certificates.ts';

const dayMs = 86_400_000;
/** K3s renews by itself, at a start, what ends within these days. */
const renewedWithin = 120;
const soonDays = 30;

/** New certificates of all nodes, servers first, and when those that are there end. Changes nothing. */
export async function wantedCertificates(
  needs: UpkeepNeeds & MachineLooks,
  { work, ...context }: WorkContext & { readonly work: CertificatesWork },
  look: UpkeepLook,
): Promise<Wanted> {
  const { contextId, clusterId, clusterName } = context;
  const client = needs.clientOf(contextId);
  const nodes = await nodesNow(client, look.signal);
  const wanted = nodes
    .filter((node) => node.isK3s && (work.nodes.length === 0 || work.nodes.includes(node.name)))
    .toSorted((a, b) => Number(b.isServer) - Number(a.isServer) || a.name.localeCompare(b.name));
  const title = `Renew the certificates of ${clusterName}`;
  if (wanted.length === 0)
    return { title, findings: [stop('There is no such node of K3s.')], job: null };
  const well = await wellParams(client, { contextId, where: clusterName, nodes }, look.signal);
  const findings: UpkeepFinding[] = [...(await quorumFindings(client, wanted, look.signal))];
  const lanes: WantedLane[] = [];
  const machines: UpkeepInput['machines'] = {};
  for (const node of wanted) {
    const machine = machineOf(needs, clusterId, node);
    const work = async (on: Parameters<typeof seeK3s>[0]) => ({
      seen: await seeK3s(on),
      ...(await seeCertificates(on)),
    });
    const found = await withMachine(needs, machine, { ...look, work });
    if (!found.ok || machine?.target == null || found.value.seen.service === null) {
      const why = found.ok ? 'there is no service of K3s there.' : found.says;
      findings.push(stop(`The certificates of ${said(node.name)} are not known: ${why}`));
      continue;
    }
    const { seen, certificates } = found.value;
    const { deviceId, name, target } = machine;
    findings.push(...agesOf(node, certificates));
    const before = lanes.at(-1);
    const { service, init } = seen;
    const at = { contextId, clusterId, where: clusterName, node: node.name, uid: node.uid };
    const endsAt = certificates[0]?.endsAt ?? 0;
    machines[deviceId] = { name, target };
    lanes.push({
      ...{ lane: deviceId, title: node.name, deviceId },
      after: before === undefined ? [] : [before.lane],
      phases: [
        {
          phase: 'rotate-certificates',
          params: { ...at, service, init, isServer: node.isServer, endsAt },
        },
        { phase: 'cluster-well', params: well },
      ],
    });
  }
  if (lanes.length < wanted.length) return { title, findings, job: null };
  findings.push(
    info(
      `K3s renews by itself, whenever it starts, those that end within ${renewedWithin} days; a restart in time is enough.`,
    ),
    warning(
      'Kubeconfigs that were copied from a server hold a certificate of their own: take them anew.',
    ),
  );
  return { title, findings, job: { lanes, input: { clusterId, contextId, machines } } };
}

function agesOf(
  { name }: Pick<ClusterNode, 'name'>,
  certificates: readonly NodeCertificate[],
): UpkeepFinding[] {
  const [first] = certificates;
  if (first === undefined) return [];
  const days = Math.floor((first.endsAt - Date.now()) / dayMs);
  const date = new Date(first.endsAt).toISOString().slice(0, 10);
  const what = `Of ${certificates.length} certificates of ${said(name)} ${said(first.file)}`;
  if (days < 0) return [warning(`${what} has ended on ${date}: what signs in by it is refused.`)];
  const says = `${what} ends first: on ${date}, in ${days} days.`;
  return [days < soonDays ? warning(says) : info(says)];
}
