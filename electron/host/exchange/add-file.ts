import { RackhelmError } from '../../../shared/model/errors.ts';
import type { Kind } from '../../../shared/model/kinds/index.ts';
import type { Database } from '../db/index.ts';
import { type Applied, applyPlan } from './apply.ts';
import { Names, readInventory } from './inventory-rows.ts';
import { type Difference, type Plan, planOf } from './plan.ts';
import { readInventoryFile } from './read-inventory.ts';

/** What others may have brought in already: it is stood on as it is, and not changed. */
const shared: ReadonlySet<string> = new Set(['site', 'room', 'device-type', 'port-template']);

/**
 * Adds everything that a file of Rackhelm's own format has as one change set, and changes nothing that
 * is there. Throws FILE_INVALID with the line, or DUPLICATE where something of it is there already;
 * nothing is kept then.
 */
export function addFile(
  db: Database,
  text: string,
  { title, also }: { readonly title: string; readonly also: () => void },
): Applied {
  const plan = planOf(db, readInventoryFile(text), readInventory(db));
  refuseClashes(plan);
  const differences = plan.differences.filter(
    (one) => one.action === 'add' && !isOfShared(one, plan),
  );
  const decision = { deletions: false, prefer: null };
  return applyPlan(db, { ...plan, differences }, { title, decision, also });
}

/** A port of a type that is there: the type has the ports that it has. */
function isOfShared({ kind, fields }: Difference, { before }: Plan): boolean {
  if (kind.name !== 'port-template') return false;
  const type = fields.find(({ field }) => field === kind.owner)?.after;
  return typeof type === 'string' && before.byId.has(type);
}

function refuseClashes({ wanted, before }: Plan): void {
  const names = new Names((id) => before.byId.get(id)?.row.values);
  const called = (kind: Kind, id: string) => {
    const name = names.of(kind, id);
    return leading.has(kind.name) ? name : `${kind.label.toLowerCase()} ${name}`;
  };
  const clashes = [...wanted.values()].flatMap(({ kind, id }) =>
    // What belongs to another clashes along with it.
    before.byId.has(id) && !shared.has(kind.name) && !isInside(kind) ? [called(kind, id)] : [],
  );
  if (clashes.length === 0) return;
  const shown = clashes.slice(0, 3).join(', ');
  const more = clashes.length > 3 ? ` and ${clashes.length - 3} more` : '';
  throw new RackhelmError('DUPLICATE', `The inventory has these already: ${shown}${more}.`, {
    hint: 'Delete or rename them first; nothing was added.',
    data: { names: clashes.slice(0, 100) },
  });
}

/** Known by its name alone. */
const leading: ReadonlySet<string> = new Set(['device', 'service']);

const isInside = ({ owner, name }: Kind) => owner !== undefined && name !== 'rack';
