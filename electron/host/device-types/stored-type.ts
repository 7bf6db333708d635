import { RackhelmError } from '../../../shared/model/errors.ts';
import { type FieldValue, kindOf } from '../../../shared/model/kinds/index.ts';
import type { Values } from '../../../shared/model/kinds/schema.ts';
import type { Database } from '../db/index.ts';
import { insertRecord } from '../records/index.ts';
import { countWith, rowsWith } from './rows.ts';
import type { TypeDraft } from './type-draft.ts';

export const typeKind = kindOf('device-type');
export const templateKind = kindOf('port-template');

/** More than a type may have; see library-document.ts. */
const everyPort = 20_000;

/** A type of the inventory; throws NOT_FOUND. */
export function storedType(db: Database, id: string): TypeDraft {
  const row = db.tables.records.get(typeKind, id);
  if (row === undefined) {
    throw new RackhelmError('NOT_FOUND', 'This device type does not exist.', { data: { id } });
  }
  return { values: row.values, ports: storedPorts(db, id).map(withoutType) };
}

/** Its port templates, each list in its order. */
export function storedPorts(db: Database, id: string) {
  return rowsWith(db, 'port-template', { deviceType: id }, { limit: everyPort, by: 'ordinal' })
    .rows;
}

/** Without reading them. */
export function portCount(
  db: Database,
  type: { readonly id: string } | { readonly draft: TypeDraft },
) {
  if ('draft' in type) return type.draft.ports.length;
  return countWith(db, 'port-template', { deviceType: type.id });
}

function withoutType({ values }: { readonly values: Values }): Values {
  const { deviceType: _own, ...rest } = values;
  return rest;
}

/** The type of the inventory that goes by these names, in whatever case. */
export function idOfType(db: Database, { manufacturer, model }: Values): string | undefined {
  const where = { manufacturer: manufacturer ?? null, model: model ?? null };
  return rowsWith(db, 'device-type', where, { limit: 1 }).rows[0]?.id;
}

/** Inside a change set. */
export function insertType(db: Database, { values, ports }: TypeDraft): string {
  const id = insertRecord(db, typeKind, values);
  for (const port of ports) insertRecord(db, templateKind, { ...port, deviceType: id });
  return id;
}

/** Inside a change set: makes a type what the draft says; templates that stay keep their ids. */
export function replaceType(db: Database, id: string, { values, ports }: TypeDraft): void {
  const { records } = db.tables;
  records.update(typeKind, id, changedOnly(records.get(typeKind, id)?.values ?? {}, values));
  const before = new Map(storedPorts(db, id).map((row) => [portKey(row.values), row]));
  for (const port of ports) {
    const row = before.get(portKey(port));
    before.delete(portKey(port));
    if (row === undefined) insertRecord(db, templateKind, { ...port, deviceType: id });
    else {
      const changes = changedOnly(row.values, port);
      if (Object.keys(changes).length > 0) records.update(templateKind, row.id, changes);
    }
  }
  for (const { id: gone } of before.values()) records.remove(templateKind, gone);
}

export const portKey = ({ role, name }: Values): string => JSON.stringify([role, name]);

export function changedOnly(before: Values, after: Values): Record<string, FieldValue> {
  return Object.fromEntries(
    Object.entries(after).filter(([name, value]) => (before[name] ?? null) !== value),
  );
}
