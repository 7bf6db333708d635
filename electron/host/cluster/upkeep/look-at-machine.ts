import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { LookContext } from '../../engine/jobs/index.ts';
import type { SudoMemory } from '../../engine/machines/index.ts';
import type { NodeMachine } from './node-machines.ts';
import { type SeenK3s, seeK3s } from './see-machine.ts';
import type { UpkeepLook, UpkeepNeeds } from './upkeep-needs.ts';

export interface MachineLooks extends Pick<UpkeepNeeds, 'machines'> {
  readonly sudo: SudoMemory;
}

/** Why the machine cannot be asked, in a sentence; or what is seen there. */
export type LookedAtMachine =
  | { readonly ok: true; readonly seen: SeenK3s }
  | { readonly ok: false; readonly says: string };

/** What only says that nobody gets there; anything else is a failure of the look. */
const notThere: ReadonlySet<string> = new Set([
  'SSH_TIMEOUT',
  'SSH_UNREACHABLE',
  'SSH_REFUSED',
  'SSH_HOST_UNKNOWN',
  'SSH_CONNECTION_LOST',
  'SSH_JUMP_FAILED',
]);

export function lookAtK3s(
  needs: MachineLooks,
  machine: NodeMachine | null,
  look: UpkeepLook,
): Promise<LookedAtMachine> {
  return withMachine(needs, machine, { ...look, work: seeK3s }).then((found) =>
    found.ok ? { ok: true, seen: found.value } : found,
  );
}

interface Work<T> extends UpkeepLook {
  readonly work: (context: LookContext) => Promise<T>;
}

/** Connects, asks, and leaves. Nothing is locked and nothing is changed. */
export async function withMachine<T>(
  { machines, sudo }: MachineLooks,
  machine: NodeMachine | null,
  { signal, ask, work }: Work<T>,
): Promise<{ ok: true; value: T } | { ok: false; says: string }> {
  if (machine === null)
    return { ok: false, says: 'the inventory does not know which device it is. Drift adds it.' };
  const { target, name } = machine;
  if (target === null) return { ok: false, says: `${name} has no SSH host in the inventory.` };
  try {
    const opened = await machines.look(target, { name, signal, ask: sudo.remembering(ask) });
    try {
      return { ok: true, value: await work({ machine: opened, signal, log: () => {} }) };
    } finally {
      await opened.release();
    }
  } catch (error) {
    if (error instanceof RackhelmError && notThere.has(error.code) && !signal.aborted)
      return { ok: false, says: error.message };
    // Left in the middle, nothing was said of the password.
    if (!signal.aborted) sudo.forgetAll();
    throw error;
  }
}
