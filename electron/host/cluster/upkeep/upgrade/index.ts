import type { AnyPhase } from '../../../engine/jobs/index.ts';
import { cordonPhase } from '../../drain/cordon.ts';
import { evictPodsPhase } from '../../drain/evict-pods.ts';
import { k3sImagesPhase } from '../../join/phases/images.ts';
import { etcdSnapshotPhase } from '../snapshots/etcd-snapshot.ts';
import type { UpkeepNeeds } from '../upkeep-needs.ts';
import { clusterWellPhase } from './cluster-well.ts';
import { copyDatastorePhase } from './copy-datastore.ts';
import { uncordonPhase } from './uncordon.ts';
import { upgradeNodePhase } from './upgrade-node.ts';

export { wantedUpgrade } from './wanted-upgrade.ts';

/** Phases of nodes that get another version of K3s. */
export function upgradePhases(needs: UpkeepNeeds): AnyPhase[] {
  return [
    clusterWellPhase(needs),
    etcdSnapshotPhase,
    copyDatastorePhase(needs),
    cordonPhase(needs),
    evictPodsPhase(needs),
    k3sImagesPhase,
    upgradeNodePhase(needs),
    uncordonPhase(needs),
  ];
}
