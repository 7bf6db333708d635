import { formatCount } from '../../../shared/model/amounts.ts';
import type { RemovalPart, RemovalPreview } from '../../../shared/model/inventory.ts';
import type { Database } from '../db/index.ts';
import { deviceOrThrow } from './device-lookup.ts';

/** What a removal takes along, and what it leaves behind otherwise than it was. Reads only. */
export function deviceRemovalPreview(db: Database, ids: readonly string[]): RemovalPreview {
  const [only] = ids;
  if (ids.length === 1 && only !== undefined) deviceOrThrow(db, only);
  const hanging = db.tables.removal.hangingOn(ids);
  return {
    goes: parts(
      counted(hanging.interfaces, 'interface'),
      counted(hanging.addresses, 'address', 'addresses'),
      { ...hanging.notes, ...counted(hanging.notes.count, 'note'), names: [] },
      observedPart(hanging.observed, hanging.differences),
    ),
    changes: parts(
      part(hanging.orphaned, (n) => `${formatCount(n, 'service')} would run nowhere`),
      part(hanging.dependents, (n) => `${formatCount(n, 'service')} would need what runs nowhere`),
      part(
        hanging.shared,
        (n) => `${formatCount(n, 'service')} would run only on its other devices`,
      ),
      part(
        hanging.jumpers,
        (n) => `${formatCount(n, 'device')} could not be reached through it any more`,
      ),
    ),
  };
}

export function rackRemovalPreview(db: Database, rackId: string): RemovalPreview {
  const inside = db.tables.removal.devicesIn(rackId);
  return {
    goes: [],
    changes: parts(part(inside, (n) => `${formatCount(n, 'device')} would stand in no rack`)),
  };
}

function counted(n: number, word: string, plural?: string): RemovalPart {
  return { count: n, text: formatCount(n, word, plural), names: [] };
}

export function part(
  named: { readonly count: number; readonly names: readonly string[] },
  text: (n: number) => string,
): RemovalPart {
  return { count: named.count, text: text(named.count), names: [...named.names] };
}

export function parts(...all: readonly RemovalPart[]): RemovalPart[] {
  return all.filter((one) => one.count > 0);
}

function observedPart(observed: number, differences: number): RemovalPart {
  const undecided =
    differences === 0 ? '' : `, with ${formatCount(differences, 'difference')} nobody decided on`;
  const text = `what was read from ${formatCount(observed, 'device')}${undecided}`;
  return { count: observed, text, names: [] };
}
