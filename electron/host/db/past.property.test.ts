import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  type Field,
  type FieldValue,
  type Kind,
  type KindName,
  kinds,
} from '../../../shared/model/kinds/index.ts';
import { newId } from './ids.ts';
import type { Database } from './index.ts';
import { snapshot } from './snapshot.ts';
import { isConstraint } from './sqlite-errors.ts';
import { type TemporaryData, temporaryData } from './temporary-data.ts';

let data: TemporaryData;
let db: Database;
beforeEach(() => {
  data = temporaryData();
});
afterEach(() => data.remove());

/** What to do is drawn from these numbers, so that a failing run can be made shorter. */
type Draw = (below: number) => number;

const drawFrom = (numbers: readonly number[]): Draw => {
  let at = 0;
  return (below) => (numbers[at++ % numbers.length] ?? 0) % below;
};

const all: readonly Kind[] = kinds;

function someValue(field: Field, draw: Draw, ids: ReadonlyMap<string, string[]>): FieldValue {
  if (field.required !== true && draw(3) === 0) return null;
  switch (field.type) {
    case 'boolean':
      return draw(2) === 0;
    case 'choice':
      return field.options[draw(field.options.length)] ?? null;
    case 'reference': {
      const known = ids.get(field.to) ?? [];
      return known[draw(known.length + 1)] ?? null;
    }
    case 'address':
      return `10.0.0.${draw(4)}`;
    case 'host-address':
      return `10.0.0.${draw(4)}/24`;
    case 'prefix':
      return `10.${draw(3)}.0.0/16`;
    case 'range':
      return `10.0.0.${draw(3)}-10.0.0.${draw(3) + 5}`;
    case 'mac':
      return `aa:bb:cc:dd:ee:0${draw(4)}`;
    case 'text':
    case 'long-text':
    case 'url':
    case 'colour':
      // Few, so that names are taken and exchanged.
      return ['a', 'b', 'B', 'c“'][draw(4)] ?? 'a';
    default:
      return Math.min(field.most, field.least + (field.step ?? 1) * draw(3));
  }
}

function someValues(kind: Kind, draw: Draw, ids: ReadonlyMap<string, string[]>, part: boolean) {
  const fields = Object.entries(kind.fields).filter(() => !part || draw(3) === 0);
  return Object.fromEntries(fields.map(([name, field]) => [name, someValue(field, draw, ids)]));
}

/** One write to any table, as the domains make them; false where the database refuses it. */
function write(draw: Draw, ids: Map<string, string[]>): void {
  const kind = all[draw(all.length)] ?? all[0];
  if (kind === undefined) return;
  const { records, tags, notes, customFields, attachments } = db.tables;
  const known = ids.get(kind.name) ?? [];
  const id = known[draw(known.length || 1)];
  const subject = { kind: kind.name as KindName, id: id ?? '' };
  const what = draw(9);
  if (id === undefined || what < 3) {
    const made = newId();
    records.insert(kind, made, someValues(kind, draw, ids, false));
    ids.set(kind.name, [...known, made]);
  } else if (what < 5) records.update(kind, id, someValues(kind, draw, ids, true));
  else if (what === 5) {
    records.removeAll(kind, [id]);
    ids.set(
      kind.name,
      known.filter((each) => each !== id),
    );
  } else if (what === 6) tags.add(subject, tags.ensure(`tag${draw(3)}`));
  else if (what === 7) notes.add(subject, `note ${draw(100)}`, draw(1_000));
  else {
    const [field] = customFields.list(subject.kind);
    const type = { type: 'text', required: false, help: null } as const;
    if (field !== undefined) customFields.setValue(subject, field, `v${draw(3)}`);
    else customFields.insert({ kind: subject.kind, name: 'Own', ...type });
    attachments.insert(subject, {
      name: `f${draw(3)}`,
      mediaType: 'text/plain',
      sizeBytes: 1,
      sha256: 'a'.repeat(64),
      width: null,
      height: null,
      addedAt: 1,
    });
  }
}

/** Runs edits and gives what the inventory was after each; of those that changed nothing too. */
function edit(runs: readonly (readonly number[])[]) {
  const ids = new Map<string, string[]>();
  const states = [{ rows: snapshot(db.file), changeSet: null as string | null }];
  for (const numbers of runs) {
    const draw = drawFrom(numbers);
    const before = db.history.state().undo?.id;
    const { changeSetId } = db.change({ title: 'Edit', source: 'app' }, (changeSet) => {
      for (let count = draw(4); count >= 0; count -= 1) {
        try {
          changeSet.part(() => write(draw, ids));
        } catch (error) {
          if (!isConstraint(error)) throw error;
        }
      }
    });
    if (db.history.state().undo?.id !== before) {
      states.push({ rows: snapshot(db.file), changeSet: changeSetId });
    }
  }
  return states;
}

const runs = fc.array(fc.array(fc.nat(997), { minLength: 12, maxLength: 60 }), {
  minLength: 2,
  maxLength: 25,
});

it('any run of edits over all tables can be undone to the start, redone to the end, and restored to any moment', () => {
  fc.assert(
    fc.property(runs, fc.nat(1_000), (numbers, which) => {
      data.remove();
      data = temporaryData();
      db = data.open();
      db.countDifferencesWith(() => 0);
      const states = edit(numbers);
      const [start, end] = [states[0], states.at(-1)];
      for (let step = 1; step < states.length; step += 1) db.history.undo();
      expect(snapshot(db.file)).toEqual(start?.rows);
      for (let step = 1; step < states.length; step += 1) db.history.redo();
      expect(snapshot(db.file)).toEqual(end?.rows);
      const chosen = states[which % states.length];
      const to = chosen?.changeSet ? { changeSet: chosen.changeSet } : { at: 0 };
      const preview = db.history.restore({ to, thing: null, dryRun: true, reason: null });
      expect(preview.conflicts).toEqual([]);
      expect(snapshot(db.file)).toEqual(end?.rows);
      const expectNewest = preview.newest === null ? {} : { expect: preview.newest };
      const done = db.history.restore({
        to,
        thing: null,
        dryRun: false,
        reason: 'a mistake',
        ...expectNewest,
      });
      expect(snapshot(db.file)).toEqual(chosen?.rows);
      expect(done.total).toBe(preview.total);
      if (done.changeSet === null) return;
      expect(done.changeSet.reason).toBe('a mistake');
      db.history.undo();
      expect(snapshot(db.file)).toEqual(end?.rows);
    }),
    { numRuns: 8 },
  );
}, 120_000);
