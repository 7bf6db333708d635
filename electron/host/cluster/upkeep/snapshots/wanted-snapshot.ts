import { said } from '../../../../../shared/cluster/status.ts';
import type { SnapshotWork } from '../../../../../shared/cluster/upkeep/upkeep-work.ts';
import { lookAtK3s, type MachineLooks } from '../look-at-machine.ts';
import { machineOf } from '../node-machines.ts';
import { nodesNow } from '../node-now.ts';
import { stamp } from '../stamp.ts';
import type { UpkeepLook, UpkeepNeeds, WorkContext } from '../upkeep-needs.ts';
import { info, stop, type Wanted } from '../wanted.ts';

export const noEtcd =
  'This cluster keeps its data in SQLite or in a database elsewhere, of which K3s takes no snapshots. Copy /var/lib/rancher/k3s/server/db and /var/lib/rancher/k3s/server/token of its server while K3s is stopped, or back that database up.';

/** A snapshot of etcd, on one server. Changes nothing. */
export async function wantedSnapshot(
  needs: UpkeepNeeds & MachineLooks,
  { work, ...context }: WorkContext & { readonly work: SnapshotWork },
  look: UpkeepLook,
): Promise<Wanted> {
  const { contextId, clusterId, clusterName } = context;
  const nodes = await nodesNow(needs.clientOf(contextId), look.signal);
  const title = `Take a snapshot of ${clusterName}`;
  const refused = (says: string): Wanted => ({ title, findings: [stop(says)], job: null });
  const members = nodes.filter((node) => node.vote === 'voter' && node.isK3s);
  if (members.length === 0) return refused(noEtcd);
  const server =
    work.server === null
      ? members.find(({ ready }) => ready === 'ready')
      : members.find(({ name }) => name === work.server);
  if (server === undefined)
    return refused(
      work.server === null ? 'No server answers.' : `${said(work.server)} is no member of etcd.`,
    );
  const machine = machineOf(needs, clusterId, server);
  const looked = await lookAtK3s(needs, machine, look);
  if (!looked.ok || machine?.target == null)
    return refused(
      `The machine of ${said(server.name)} is not reached: ${looked.ok ? 'it has no SSH host.' : looked.says}`,
    );
  const { deviceId, name, target } = machine;
  return {
    title,
    findings: [
      info(
        `It is taken on ${said(server.name)} and lies there; a server that is told to sends it to S3 as well.`,
      ),
      info('It needs the token of the servers to be restored: keep that too.'),
    ],
    job: {
      lanes: [
        {
          ...{ lane: deviceId, title: server.name, deviceId },
          phases: [
            {
              phase: 'etcd-snapshot',
              params: { node: server.name, name: `${work.name}-${stamp()}` },
            },
          ],
        },
      ],
      input: { clusterId, contextId, machines: { [deviceId]: { name, target } } },
    },
  };
}
