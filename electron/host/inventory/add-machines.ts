import { RackhelmError } from '../../../shared/model/errors.ts';
import type { Facts } from '../../../shared/model/facts.ts';
import type { IdentityMatch } from '../../../shared/model/identity.ts';
import { matchSentence } from '../../../shared/model/identity-words.ts';
import type { SshTarget } from '../../../shared/model/ssh.ts';
import type { Database } from '../db/index.ts';
import { putMachine } from './add-machine.ts';
import { deviceOrThrow } from './device-lookup.ts';
import { identify, outcomeOf, readingKeys, type Way } from './identity/index.ts';
import type { ObservationFlow } from './observation-flow.ts';
import { suggestFor } from './suggest.ts';

/** A machine that was read, and what was said of where it belongs. */
export interface MachineToAdd {
  readonly facts: Facts;
  /** The way in that is to be declared. */
  readonly target: SshTarget;
  /** How it was reached this time. */
  readonly way: Way;
  /** `evidence`: the device that it plainly is, else a new one; where that is unclear, nothing. */
  readonly as: 'evidence' | 'new' | { readonly deviceId: string };
  /** Of a new device; default: made from its host name. */
  readonly name?: string | undefined;
  /** Of a new device, also take what is observed as declared. */
  readonly acceptFacts: boolean;
}

export type AddedMachine =
  | {
      readonly state: 'added';
      readonly deviceId: string;
      readonly name: string;
      /** It was in the inventory already; nothing was declared but a missing way in. */
      readonly known: boolean;
    }
  | { readonly state: 'unclear'; readonly error: RackhelmError; readonly matches: IdentityMatch[] }
  | { readonly state: 'failed'; readonly error: RackhelmError };

export interface AddMachinesInput {
  readonly machines: readonly MachineToAdd[];
  /** Write nothing at all while a machine is unclear, so that a person can be asked first. */
  readonly onlyWhenClear?: boolean;
  readonly source: 'app' | 'cli';
}

/** Thrown to take everything back; never leaves this file. */
class NotYetClear extends Error {}

/**
 * Machines in their order, each seen beside those before it, as one change set to undo at once. One
 * that fails leaves the others in. `written` is false where something was unclear and that was asked
 * for: then the results say what would have been done.
 */
export function addMachines(
  db: Database,
  flow: ObservationFlow,
  { machines, onlyWhenClear = false, source }: AddMachinesInput,
): { readonly results: readonly AddedMachine[]; readonly written: boolean } {
  let results: AddedMachine[] = [];
  try {
    db.change({ title: 'Added machines over SSH', source }, (changeSet) => {
      results = machines.map((machine) => {
        try {
          return changeSet.part(() => addOne(db, flow, machine));
        } catch (error) {
          if (!(error instanceof RackhelmError)) throw error;
          return { state: 'failed', error };
        }
      });
      if (onlyWhenClear && results.some(({ state }) => state === 'unclear'))
        throw new NotYetClear();
      changeSet.rename(titleOf(results));
    });
  } catch (error) {
    if (!(error instanceof NotYetClear)) throw error;
    return { results, written: false };
  }
  return { results, written: true };
}

function addOne(db: Database, flow: ObservationFlow, machine: MachineToAdd): AddedMachine {
  const { facts, target, way, as, acceptFacts } = machine;
  const where = whereTo(db, machine);
  if (where.kind === 'unclear') {
    return { state: 'unclear', matches: [...where.matches], error: unclear(way, where.matches) };
  }
  const known = where.kind === 'known' ? where.deviceId : null;
  const suggestion = suggestFor(db, facts, target);
  const name = known === null ? (machine.name ?? suggestion.name) : deviceOrThrow(db, known).name;
  const deviceId = putMachine(db, flow, {
    facts,
    target,
    way,
    deviceId: known,
    name,
    kind: suggestion.kind,
    rackId: null,
    acceptFacts: acceptFacts && known === null,
  });
  // A person who says which device it is need not be told that it was known.
  return { state: 'added', deviceId, name, known: known !== null && as !== 'new' };
}

function whereTo(db: Database, { facts, way, as }: MachineToAdd) {
  if (as === 'new') return { kind: 'new' } as const;
  if (as !== 'evidence') return { kind: 'known', deviceId: as.deviceId } as const;
  return outcomeOf(identify(db, readingKeys(facts, way)));
}

function unclear(way: Way, matches: readonly IdentityMatch[]): RackhelmError {
  const told = matches.slice(0, 3).map((match) => matchSentence(match));
  const more = matches.length > 3 ? ` So it is with ${matches.length - 3} more.` : '';
  return new RackhelmError(
    'MACHINE_UNCLEAR',
    `It is not clear which machine ${way.target.host} is. ${told.join(' ')}${more}`,
    { data: { matches: matches.map(({ deviceId, deviceName }) => ({ deviceId, deviceName })) } },
  );
}

function titleOf(results: readonly AddedMachine[]): string {
  const added = results.flatMap((result) => (result.state === 'added' ? result : []));
  const [fresh, known] = [added.filter((one) => !one.known), added.filter((one) => one.known)];
  const count = (machines: typeof added) =>
    machines.length === 1 ? (machines[0]?.name ?? '') : `${machines.length} machines`;
  if (known.length === 0) return `Added ${count(fresh)} over SSH`;
  if (fresh.length === 0) return `Connected ${count(known)} over SSH`;
  return `Added ${count(fresh)} and connected ${count(known)} over SSH`;
}
