import { RackhelmError } from '../../../shared/model/errors.ts';
import { type Kind, type KindName, kindOf } from '../../../shared/model/kinds/index.ts';
import type { Values } from '../../../shared/model/kinds/schema.ts';
import type { Database } from '../db/index.ts';
import { checkPlace, checkSiteOfRack, placeOf } from '../inventory/index.ts';

/** The given values and what follows from them: a rack brings its site along. */
export function completed(db: Database, kind: Kind, values: Values): Values {
  if (kind.name === 'device') {
    const { siteId, ...place } = placeOf(db, {
      siteId: textOf(values.site),
      rackId: textOf(values.rack),
      position: values.position as number | null | undefined, // the kind's schema says so
    });
    return { ...values, ...place, ...(siteId === undefined ? {} : { site: siteId }) };
  }
  return values;
}

const textOf = (value: unknown) =>
  value === null || typeof value === 'string' ? value : undefined;

/**
 * What no table can hold and what must never be, looked at inside the change set once the row is
 * written. Throws INVALID_INPUT. What is only doubtful is no rule: lint tells of it.
 */
export function checkRules(db: Database, kind: Kind, id: string): void {
  rules[kind.name]?.(db, id);
}

type Rule = (db: Database, id: string) => void;

const rules: Partial<Readonly<Record<string, Rule>>> = {
  device(db, id) {
    checkSiteOfRack(db, id, db.tables.devices.get(id)?.siteId ?? null);
    checkPlace(db, id);
    checkChain(db, 'device', { id, field: 'parent' });
  },
  rack(db, id) {
    for (const device of db.tables.places.devicesInRack(id)) checkPlace(db, device);
  },
  interface(db, id) {
    checkChain(db, 'interface', { id, field: 'parent' });
    checkChain(db, 'interface', { id, field: 'lag' });
  },
  port: (db, id) => checkChain(db, 'port', { id, field: 'rear' }),
  'power-point': (db, id) => checkChain(db, 'power-point', { id, field: 'fedBy' }),
};

/** Deeper than anything that is built, so that a circle of others ends as well. */
const deepest = 100;

/** A thing cannot stand above itself, however many are in between. */
function checkChain(
  db: Database,
  name: KindName,
  { id, field }: { readonly id: string; readonly field: string },
): void {
  const kind = kindOf(name);
  let at = db.tables.records.get(kind, id);
  for (let depth = 0; depth < deepest; depth += 1) {
    const above = at?.values[field];
    if (typeof above !== 'string') return;
    if (above === id) break;
    at = db.tables.records.get(kind, above);
  }
  const label = kind.fields[field]?.label ?? field;
  throw new RackhelmError('INVALID_INPUT', `${label}: this would lead in a circle.`, {
    hint: 'Choose another one.',
    data: { field },
  });
}
