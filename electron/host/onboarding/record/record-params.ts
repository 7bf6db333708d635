import { z } from 'zod';
import { deviceKind, id } from '../../../../shared/model/inventory.ts';
import { givenName } from '../../../../shared/model/name.ts';
import { mountedPlace } from '../../../../shared/model/racks.ts';
import { sshTarget } from '../../../../shared/model/ssh.ts';
import {
  addressAnswer,
  cableAnswer,
  identityAnswer,
  vlanAnswer,
} from '../../../../shared/onboarding/answers.ts';
import { nodeRole } from '../../../../shared/onboarding/role.ts';

/** What is written into the inventory of one machine, as it was approved. Plain JSON. */
export const recordParams = z.object({
  /** Names this recording: what it wrote is found by it, also after a crash. */
  token: id,
  /** Of the device that is there, or that comes. */
  deviceId: id,
  identity: identityAnswer,
  name: givenName,
  kind: deviceKind,
  role: nodeRole.nullable(),
  clusterId: id.nullable(),
  /** As what its node joined; absent: it did not, or nobody knows. */
  joinedAs: z.enum(['server', 'agent']).optional(),
  target: sshTarget,
  /** Null: it gets new ones on the way, or showed none. */
  hostKey: z.object({ type: z.string().max(100), sha256: z.string().max(100) }).nullable(),
  place: mountedPlace.nullable(),
  heightUnits: z.number().min(0).max(50).multipleOf(0.5),
  cables: z.array(cableAnswer).max(16),
  vlans: z.array(vlanAnswer).max(64),
  addresses: z.array(addressAnswer).max(16),
  tags: z.array(z.string().max(100)).max(24),
});
export type RecordParams = z.infer<typeof recordParams>;
