import { said } from '../../../../../shared/cluster/status.ts';
import { resources } from '../../resources.ts';
import { lookAtK3s, type MachineLooks } from '../look-at-machine.ts';
import { machineOf } from '../node-machines.ts';
import { nodesNow } from '../node-now.ts';
import { stamp } from '../stamp.ts';
import type { UpkeepLook, UpkeepNeeds, WorkContext } from '../upkeep-needs.ts';
import { info, stop, type Wanted, warning } from '../wanted.ts';

/** From SQLite to etcd, so that further servers can join. Changes nothing. */
export async function wantedToEtcd(
  needs: UpkeepNeeds & MachineLooks,
  context: WorkContext,
  look: UpkeepLook,
): Promise<Wanted> {
  const { contextId, clusterId, clusterName } = context;
  const client = needs.clientOf(contextId);
  const nodes = await nodesNow(client, look.signal);
  const title = `Move the state of ${clusterName} into etcd`;
  const refused = (says: string): Wanted => ({ title, findings: [stop(says)], job: null });
  const [server, second] = nodes.filter(({ isServer }) => isServer);
  if (server === undefined) return refused('It has no server.');
  if (server.vote !== null) return refused(`${said(server.name)} keeps its state in etcd already.`);
  if (second !== undefined)
    return refused('Several servers share a database that is none of theirs: nothing is moved.');
  const machine = machineOf(needs, clusterId, server);
  const looked = await lookAtK3s(needs, machine, look);
  if (!looked.ok || machine?.target == null)
    return refused(
      `The machine of ${said(server.name)} is not reached: ${looked.ok ? 'it has no SSH host.' : looked.says}`,
    );
  const { datastore, service, init, otherData } = looked.seen;
  if (datastore !== 'sqlite' || service !== 'k3s')
    return refused(`There is no SQLite of K3s on ${said(server.name)}.`);
  if (otherData !== null) return refused(`K3s keeps its data in ${said(otherData)} there.`);
  const { deviceId, name, target } = machine;
  const kubeSystem = await client.get(namespaces, { name: 'kube-system' }, { signal: look.signal });
  const copy = `/var/lib/k3s-before-etcd-${stamp()}`;
  const at = { contextId, clusterId, where: clusterName, node: server.name, uid: server.uid };
  const { uid: clusterUid } = kubeSystem.metadata;
  return {
    title,
    findings: [
      warning('etcd writes all the time: its disk should be an SSD, never an SD card.'),
      info(`The database and its token are copied to ${copy} first; that undo brings back.`),
      info('Pods go on running; the API is away twice, for a minute or so.'),
    ],
    job: {
      lanes: [
        {
          ...{ lane: deviceId, title: server.name, deviceId },
          phases: [
            { phase: 'copy-datastore', params: { ...at, service, init, to: copy } },
            { phase: 'etcd-datastore', params: { ...at, service, init, copy, clusterUid } },
          ],
        },
      ],
      input: { clusterId, contextId, machines: { [deviceId]: { name, target } } },
    },
  };
}

const namespaces = { ...resources.nodes, resource: 'namespaces', kind: 'Namespace' };
