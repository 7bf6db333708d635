import type { AnyPhase } from '../../../engine/jobs/index.ts';
import { copyDatastorePhase } from '../upgrade/copy-datastore.ts';
import type { UpkeepNeeds } from '../upkeep-needs.ts';
import { etcdDatastorePhase } from './etcd-datastore.ts';

export { wantedToEtcd } from './wanted-to-etcd.ts';

/** Phases of a server that gets an etcd. */
export function toEtcdPhases(needs: UpkeepNeeds): AnyPhase[] {
  return [copyDatastorePhase(needs), etcdDatastorePhase(needs)];
}
