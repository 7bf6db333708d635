import { customFieldKind } from '../../../shared/model/custom-field-kind.ts';
import { RackhelmError } from '../../../shared/model/errors.ts';
import type { FieldValue, Kind } from '../../../shared/model/kinds/index.ts';
import type { Database } from '../db/index.ts';
import { checkRules, explainConstraint } from '../records/index.ts';
import {
  checkOptions,
  type NotedChange,
  subjectOf,
  writeNoted,
} from './annotations/apply-noted.ts';
import { annotationKey } from './annotations/keys.ts';
import { type FilePlace, fileProblem } from './file-record.ts';
import type { Difference, Plan } from './plan.ts';

/** What a person decided about a plan. */
export interface Decision {
  /** Whether to delete what a whole file does not have. */
  readonly deletions: boolean;
  /** Which side counts where both changed; null: refuse then. */
  readonly prefer: 'file' | 'inventory' | null;
}

export interface Applied {
  readonly changeSetId: string;
  readonly added: number;
  readonly changed: number;
  readonly deleted: number;
}

interface Applying {
  readonly title: string;
  readonly decision: Decision;
  /** Of the same change set, once the rows are there. */
  readonly also?: () => void;
}

type Values = Record<string, FieldValue>;

/**
 * Writes what was planned and decided as one change set. Throws CHANGED_SINCE where the inventory has
 * gone on, FILE_INVALID with the place where a row is refused; nothing is written then.
 */
export function applyPlan(db: Database, plan: Plan, { title, decision, also }: Applying): Applied {
  const chosen = choose(plan, decision);
  const { changeSetId } = db.change({ title, source: 'import' }, () => {
    if (db.tables.exchange.lastChange() !== plan.lastChange) {
      throw new RackhelmError(
        'CHANGED_SINCE',
        'The inventory was changed since this was compared. Nothing was imported.',
        { hint: 'Compare the file again.' },
      );
    }
    const write = createWriter(db, plan);
    write.deletions(chosen.filter(({ action }) => action === 'delete'));
    const changes = chosen.filter(({ action }) => action === 'change');
    write.park(changes);
    write.additions(chosen.filter(({ action }) => action === 'add'));
    write.changes(changes);
    write.noted(chosen);
    write.check(chosen);
    also?.();
  });
  const count = (action: string) => chosen.filter((one) => one.action === action).length;
  return {
    changeSetId,
    added: count('add'),
    changed: count('change'),
    deleted: count('delete'),
  };
}

function choose(plan: Plan, { deletions, prefer }: Decision): readonly Difference[] {
  const wanted = plan.differences.filter(({ action }) => deletions || action !== 'delete');
  const conflicts = wanted.filter(({ conflict }) => conflict);
  if (conflicts.length > 0 && prefer === null) {
    throw new RackhelmError(
      'CHANGED_SINCE',
      `${conflicts.length === 1 ? '1 thing was' : `${conflicts.length} things were`} changed both in the file and here since it was written.`,
      { hint: 'Say which side counts: the file or the inventory.' },
    );
  }
  if (prefer !== 'inventory') return wanted;
  return wanted.flatMap((one) => {
    if (!one.conflict) return [one];
    const fields = one.fields.filter(({ conflict }) => !conflict);
    return one.action === 'change' && fields.length > 0 ? [{ ...one, fields }] : [];
  });
}

function createWriter(db: Database, plan: Plan) {
  const { records } = db.tables;
  /** Adds the line of the file to what the tables refuse. */
  const at = (kind: Kind, place: FilePlace | null, work: () => void) => {
    try {
      work();
    } catch (error) {
      const told = explainConstraint(kind, error);
      if (!(told instanceof RackhelmError) || place === null) throw told;
      throw fileProblem(place, told.message);
    }
  };
  const valuesOf = ({ fields }: Difference): Values =>
    Object.fromEntries(
      fields.flatMap(({ field, after }) => (isNoted(field) ? [] : [[field, after]])),
    );
  /** Rows that went along with others, and what was noted of them. */
  const again = new Set<string>();

  return {
    /** From the inside to the outside: what went along with another is gone by then. */
    deletions(deleted: readonly Difference[]) {
      moveOut(plan, deleted, (kind, id, values) => void records.update(kind, id, values));
      for (const { kind, id } of [...deleted].reverse()) records.remove(kind, id);
    },
    /** Frees names that another row takes in the same file: two devices that change theirs. */
    park(changes: readonly Difference[]) {
      for (const change of namesInTheWay(plan, changes)) {
        const { kind, id, fields } = change;
        const parked = fields.flatMap(({ field }) => {
          const isName = kind.key.includes(field) && kind.fields[field]?.type === 'text';
          return isName ? [[field, id] as const] : [];
        });
        if (parked.length > 0) records.update(kind, id, Object.fromEntries(parked));
      }
    },
    additions(added: readonly Difference[]) {
      for (const one of inDependence(added)) {
        at(one.kind, one.place, () => records.insert(one.kind, one.id, valuesOf(one)));
      }
    },
    changes(changes: readonly Difference[]) {
      for (const one of changes) {
        at(one.kind, one.place, () => {
          const values = valuesOf(one);
          if (records.update(one.kind, one.id, values)) return;
          // It went along with what it belonged to, and the file has it elsewhere.
          const before = Object.entries(plan.before.byId.get(one.id)?.row.values ?? {});
          const own = Object.fromEntries(before.filter(([field]) => !isNoted(field)));
          records.insert(one.kind, one.id, { ...own, ...values });
          again.add(one.id);
        });
      }
    },
    noted(written: readonly Difference[]) {
      const changes = written.flatMap((one): NotedChange[] => {
        const subject = subjectOf(one.kind.name, one.id);
        if (subject === undefined || one.action === 'delete') return [];
        return notedFields(one, again.has(one.id) ? plan : null).map((field) => ({
          ...field,
          subject,
          place: one.place,
        }));
      });
      if (changes.length > 0) writeNoted(db, changes);
    },
    check(written: readonly Difference[]) {
      for (const { action, kind, id, fields, place } of written) {
        // What stands in a new rack is looked at by itself.
        const isOutside = action === 'delete' || (action === 'add' && kind.name === 'rack');
        if (kind === customFieldKind && action === 'change') checkOptions(db, id, place);
        if (isOutside || !needsRules(kind, fields)) continue;
        at(kind, place, () => checkRules(db, kind, id));
      }
    },
  };
}

const isNoted = (field: string) => annotationKey(field) !== undefined;

/** `before`: of a row that was made again, all that was noted of it is as well. */
function notedFields({ id, fields }: Difference, before: Plan | null) {
  const changed = fields.filter(({ field }) => isNoted(field));
  if (before === null) return changed;
  const seen = new Set(changed.map(({ field }) => field));
  const kept = Object.entries(before.before.byId.get(id)?.row.values ?? {}).flatMap(
    ([field, after]) =>
      isNoted(field) && !seen.has(field) ? [{ field, before: null, after }] : [],
  );
  return [...changed, ...kept];
}

/** What moves to another owner that is there already goes first, so that it is not deleted along. */
function moveOut(
  plan: Plan,
  deleted: readonly Difference[],
  update: (kind: Kind, id: string, values: Values) => void,
): void {
  if (deleted.length === 0) return;
  for (const { action, kind, id, fields } of plan.differences) {
    const moved = fields.find(({ field }) => field === kind.owner);
    if (action !== 'change' || moved === undefined) continue;
    if (typeof moved.after === 'string' && plan.before.byId.has(moved.after)) {
      update(kind, id, { [moved.field]: moved.after });
    }
  }
}

/** Changes of rows whose present name another row is to have. */
function namesInTheWay(plan: Plan, changes: readonly Difference[]): Difference[] {
  const renamed = changes.filter(({ kind, fields }) =>
    fields.some(({ field }) => kind.key.includes(field)),
  );
  if (renamed.length === 0) return [];
  const key = (kind: Kind, values: Readonly<Values>) =>
    `${kind.name} ${kind.key.map((name) => values[name] ?? '').join('\0')}`.toLowerCase();
  const taken = new Map(
    [...plan.wanted.values()].map((one) => {
      const values = { ...plan.before.byId.get(one.id)?.row.values, ...one.values };
      return [key(one.kind, values), one.id];
    }),
  );
  return renamed.filter(({ kind, id }) => {
    const now = plan.before.byId.get(id)?.row.values ?? {};
    const other = taken.get(key(kind, now));
    return other !== undefined && other !== id;
  });
}

/** What refers to another of its kind after that one. Throws FILE_INVALID for a circle. */
function inDependence(added: readonly Difference[]): Difference[] {
  const byId = new Map(added.map((one) => [one.id, one]));
  const done = new Set<string>();
  const sorted: Difference[] = [];
  for (const first of added) {
    const path: Difference[] = [first];
    const onPath = new Set<string>();
    while (path.length > 0) {
      const one = path.at(-1);
      if (one === undefined || done.has(one.id)) {
        path.pop();
        continue;
      }
      onPath.add(one.id);
      const next = ownKind(one).flatMap((id) => (done.has(id) ? [] : (byId.get(id) ?? [])))[0];
      if (next === undefined) {
        done.add(one.id);
        sorted.push(one);
        path.pop();
      } else if (onPath.has(next.id)) {
        throw fileProblem(one.place ?? { line: 1, path: '' }, 'this leads in a circle');
      } else path.push(next);
    }
  }
  return sorted;
}

/** Ids of rows of the same kind that this one refers to. */
function ownKind({ kind, fields }: Difference): string[] {
  return fields.flatMap(({ field, after }) => {
    const description = kind.fields[field];
    const isOwn = description?.type === 'reference' && description.to === kind.name;
    return isOwn && typeof after === 'string' ? [after] : [];
  });
}

/** Fields that a rule of records looks at beside the tables. */
const placeFields = new Set(['rack', 'position', 'heightUnits', 'face', 'side', 'site']);

/** The rules read each row again, which 20,000 rows without a place or a chain need not cost. */
function needsRules(kind: Kind, fields: Difference['fields']): boolean {
  return fields.some(({ field, after }) => {
    const description = kind.fields[field];
    const isChain = description?.type === 'reference' && description.to === kind.name;
    if (isChain) return after !== null;
    return placeFields.has(field);
  });
}
