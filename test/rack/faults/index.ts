import { existsSync, readdirSync, rmSync } from 'node:fs';
import { RackError } from '../rack-error.ts';
import type { RackState } from '../state.ts';
import { wrongClock } from './clock.ts';
import { diskFull, readOnlyRoot } from './disk.ts';
import type { Fault, FaultOptions, FaultRecord, FaultTarget } from './fault.ts';
import { hostKeyReplaced, hostnameDuplicated, machineIdCloned } from './identity.ts';
import { latency } from './latency.ts';
import { bandwidth, loss, networkCut, portBlocked } from './network.ts';
import { frozen, killed, sshdStopped } from './processes.ts';

export type { FaultOptions } from './fault.ts';

export const faults = {
  'sshd-stopped': sshdStopped,
  frozen,
  killed,
  'network-cut': networkCut,
  loss,
  bandwidth,
  latency,
  'disk-full': diskFull,
  'read-only-root': readOnlyRoot,
  'wrong-clock': wrongClock,
  'host-key-replaced': hostKeyReplaced,
  'machine-id-cloned': machineIdCloned,
  'hostname-duplicated': hostnameDuplicated,
  'port-blocked': portBlocked,
} as const satisfies Readonly<Record<string, Fault>>;

export type FaultKind = keyof typeof faults;
export const faultKinds = Object.keys(faults) as FaultKind[]; // keys() forgets which keys

function recordName(node: string, kind: string): string {
  return `nodes/${node}/faults/${kind}.json`;
}

/** Kinds of faults that are on at this node. */
export function activeFaults(state: RackState, node: string): readonly string[] {
  const directory = state.path('nodes', node, 'faults');
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length));
}

export async function setFault(
  target: FaultTarget,
  kind: FaultKind,
  options: FaultOptions,
): Promise<void> {
  const { state, spec } = target;
  if (activeFaults(state, spec.name).includes(kind)) {
    throw new RackError(`${kind} is on at ${spec.name} already; use --off first.`);
  }
  state.writeJson(recordName(spec.name, kind), await faults[kind].set(target, options));
}

/** Mends the fault; one that is not on is fine. */
export async function clearFault(target: FaultTarget, kind: FaultKind): Promise<void> {
  const { state, spec } = target;
  const record = state.readJson<FaultRecord>(recordName(spec.name, kind));
  if (!record) return;
  await faults[kind].clear(target, record);
  rmSync(state.path(recordName(spec.name, kind)));
}
