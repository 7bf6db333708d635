import type { DraftMachine } from '../../../../shared/onboarding/draft.ts';
import { nameOf } from '../../../../shared/onboarding/draft.ts';
import type { Conflict } from '../../../../shared/onboarding/offers.ts';

/** What two machines of one draft have in common: the same machine twice, or copies of one disk. */
export function twinsOf(machines: readonly DraftMachine[]): Conflict[] {
  return machines.flatMap((machine, at) =>
    machines.slice(0, at).flatMap((earlier) => conflictOf(machine, earlier) ?? []),
  );
}

function conflictOf(machine: DraftMachine, earlier: DraftMachine): Conflict | undefined {
  if (machine.facts === null || earlier.facts === null) return undefined;
  const [name, other] = [nameOf(machine), nameOf(earlier)];
  const base = { machineId: machine.id, field: 'identity' } as const;
  if (isSameBody(machine, earlier)) {
    return {
      ...base,
      weight: 'blocks',
      text: `${machine.target.host} and ${earlier.target.host} lead to the same machine; delete one of them here.`,
    };
  }
  const shared = [
    sameText(machine.facts.machineId, earlier.facts.machineId) ? 'machine id' : null,
    isSameKey(machine, earlier) ? 'SSH host key' : null,
  ].filter((what) => what !== null);
  if (shared.length === 0 || machine.answers.identity?.as === 'clone') return undefined;
  if (earlier.answers.identity?.as === 'clone') return undefined;
  return {
    ...base,
    weight: 'blocks',
    text: `${name} has the same ${shared.join(' and ')} as ${other}: one is a copy of the other. Say so, and it gets its own.`,
  };
}

const sameText = (a: string | null, b: string | null) => a !== null && a === b;

function isSameKey(a: DraftMachine, b: DraftMachine): boolean {
  const keyOf = ({ connection }: DraftMachine) =>
    connection.state === 'read' ? (connection.hostKey?.sha256 ?? null) : null;
  return sameText(keyOf(a), keyOf(b));
}

/** The same board, or the same cards. */
function isSameBody(a: DraftMachine, b: DraftMachine): boolean {
  if (a.facts === null || b.facts === null) return false;
  const macs = new Set(a.facts.links.flatMap(({ mac }) => mac?.toLowerCase() ?? []));
  const shared = b.facts.links.some(({ mac }) => mac !== null && macs.has(mac.toLowerCase()));
  // Cards of virtual machines are copied along, serial numbers of boards are not.
  return shared || (sameText(a.facts.serial, b.facts.serial) && macs.size === 0);
}
