import { existsSync, readdirSync, rmSync } from 'node:fs';
import { RackError } from '../rack-error.ts';
import type { RackState } from '../state.ts';
import { wrongClock } from './clock.ts';
import { commandFails, commandHangs } from './commands.ts';
import { diskFull, readOnlyRoot } from './disk.ts';
import type { Fault, FaultOptions, FaultRecord, FaultTarget } from './fault.ts';
import { hostKeyReplaced, hostnameDuplicated, machineIdCloned } from './identity.ts';
import { latency } from './latency.ts';
import { bandwidth, loss, networkCut, portBlocked } from './network.ts';
import { underVoltage } from './power.ts';
import { frozen, killed, sshdKilled, sshdStopped } from './processes.ts';
import { rebootNever, rebootOtherAddress, rebootOtherKey, rebootSlow } from './reboot.ts';

export type { FaultOptions } from './fault.ts';

export const faults = {
  'sshd-stopped': sshdStopped,
  'sshd-killed': sshdKilled,
  'command-hangs': commandHangs,
  'command-fails': commandFails,
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
  'under-voltage': underVoltage,
  'reboot-never': rebootNever,
  'reboot-slow': rebootSlow,
  'reboot-other-address': rebootOtherAddress,
  'reboot-other-key': rebootOtherKey,
} as const satisfies Readonly<Record<string, Fault>>;

export type FaultKind = keyof typeof faults;
export const faultKinds = Object.keys(faults) as FaultKind[]; // keys() forgets which keys

/** What power.sh forgets when the node boots: faults that no machine has after a restart. */
const untilRestart = 'until-restart';

function recordName(node: string, kind: FaultKind): string {
  return `nodes/${node}/faults/${endsWithPower(kind) ? `${untilRestart}/` : ''}${kind}.json`;
}

/** Kinds of faults that are on at this node. */
export function activeFaults(state: RackState, node: string): readonly string[] {
  return ['', untilRestart]
    .map((place) => state.path('nodes', node, 'faults', place))
    .flatMap((directory) => (existsSync(directory) ? readdirSync(directory) : []))
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
  const fault: Fault = faults[kind];
  const record = (await fault.plan?.(target, options)) ?? {};
  // Written first, as in the journal of the rack: whoever breaks off here can be mended.
  state.writeJson(recordName(spec.name, kind), record);
  try {
    await fault.set(target, record);
  } catch (error) {
    await mendHalf(target, kind, error);
    throw error;
  }
}

async function mendHalf(target: FaultTarget, kind: FaultKind, why: unknown): Promise<void> {
  try {
    await clearFault(target, kind);
  } catch (error) {
    const causes = new AggregateError([why, error]);
    const sentence = `${kind} broke off half way at ${target.spec.name} and was not mended; use --off.`;
    throw new RackError(sentence, { cause: causes });
  }
}

/** Mends the fault; one that is not on is fine. */
export async function clearFault(target: FaultTarget, kind: FaultKind): Promise<void> {
  const { state, spec } = target;
  const record = state.readJson<FaultRecord>(recordName(spec.name, kind));
  if (!record) return;
  await faults[kind].clear(target, record);
  rmSync(state.path(recordName(spec.name, kind)), { force: true });
}

function endsWithPower(kind: FaultKind): boolean {
  const fault: Fault = faults[kind];
  return fault.endsWithPower === true;
}
