import type { Subject } from '../../../shared/model/annotations.ts';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { kindOf } from '../../../shared/model/kinds/index.ts';
import type { Database } from '../db/index.ts';

/** Who asks for a change. */
export type Source = 'app' | 'cli';

export interface Changed {
  readonly changeSetId: string;
}

/** What a thing is called. Throws NOT_FOUND where there is none. */
export function subjectName(db: Database, { kind: name, id }: Subject): string {
  const kind = kindOf(name);
  const row = db.tables.records.get(kind, id);
  if (row !== undefined) return row.name;
  throw new RackhelmError('NOT_FOUND', `This ${inSentence(kind.label)} does not exist.`, {
    data: { kind: name, id },
  });
}

/** `pi-1`, or `12 devices` where they are several. */
export function subjectsText(
  db: Database,
  { kind, ids }: { readonly kind: Subject['kind']; readonly ids: readonly string[] },
): string {
  const names = ids.slice(0, 2).map((id) => subjectName(db, { kind, id }));
  if (ids.length <= 2) return names.join(' and ');
  return `${ids.length.toLocaleString('en')} ${inSentence(kindOf(kind).plural)}`;
}

/** A label inside a sentence; `VLAN` and `GPU` stay as they are. */
export function inSentence(label: string): string {
  return /^[A-Z]{2}/.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);
}
