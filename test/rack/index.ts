/**
 * A rack of real machines on this computer, for tests: network namespaces with an overlay of the root
 * file system and a real sshd each. `describeRack` is the usual way in; `startRack` gives a test a
 * rack of its own.
 */
import type { ProfileName } from './profiles.ts';
import { Rack } from './rack.ts';
import { upRack } from './up.ts';

export type { AccountName, RackAccount } from './accounts.ts';
export type { FaultKind, FaultOptions } from './faults/index.ts';
export type { ActiveFault, Node, Rack } from './rack.ts';
export { canRunRack } from './requirements.ts';
export { describeRack } from './shared-rack.ts';

export interface StartOptions {
  readonly profile: ProfileName;
  /** Default `test-PID`: tests never touch a rack that a person started. */
  readonly name?: string;
  readonly nodes?: number;
}

export async function startRack({ profile, name, nodes }: StartOptions): Promise<Rack> {
  const rackName = name ?? `test-${process.pid}`;
  return new Rack(await upRack({ name: rackName, profile, ...(nodes ? { nodes } : {}) }));
}
