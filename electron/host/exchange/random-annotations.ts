import fc from 'fast-check';
import type { Subject } from '../../../shared/model/annotations.ts';
import { customTypes, newCustomField, parseCustom } from '../../../shared/model/custom-fields.ts';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { safeFileName } from '../../../shared/model/file-name.ts';
import { createAnnotations } from '../annotations/index.ts';
import { type Database, newId } from '../db/index.ts';
import { hostile } from './random-inventory.ts';

const text = fc
  .oneof(
    hostile,
    fc.string({ minLength: 1, maxLength: 30 }),
    fc.array(fc.string({ maxLength: 12 }), { maxLength: 5 }).map((lines) => lines.join('\n')),
  )
  .map((one) => one.replaceAll('\0', '').toWellFormed());
const moment = fc.integer({ min: 0, max: 4_000_000_000_000 });
const hash = fc.string({
  unit: fc.constantFrom(...'0123456789abcdef'),
  minLength: 64,
  maxLength: 64,
});

/** For tests: what to note of things, each of one among those that are there by then. */
const randomAnnotation = fc.record({
  what: fc.constantFrom('tag', 'note', 'field', 'attachment'),
  which: fc.nat(10_000),
  text,
  other: text,
  type: fc.constantFrom(...customTypes),
  options: fc.uniqueArray(text, { minLength: 1, maxLength: 3 }),
  yes: fc.boolean(),
  at: moment,
  edited: fc.option(moment),
  number: fc.double({ noNaN: true, noDefaultInfinity: true }),
  size: fc.nat(1_000_000),
  hash,
});
type RandomAnnotation = typeof randomAnnotation extends fc.Arbitrary<infer T> ? T : never;

export const randomAnnotations = fc.array(randomAnnotation, { maxLength: 30 });

/** Notes what is taken; what is refused is left out. Returns how much was. */
export function annotateRandom(
  db: Database,
  things: readonly Subject[],
  annotations: readonly RandomAnnotation[],
): number {
  let taken = 0;
  for (const one of annotations) {
    const subject = things[one.which % things.length];
    if (subject === undefined) break;
    try {
      annotate(db, { things, subject, one });
      taken += 1;
    } catch (error) {
      if (!(error instanceof RackhelmError)) throw error;
    }
  }
  return taken;
}

interface Chosen {
  readonly things: readonly Subject[];
  readonly subject: Subject;
  readonly one: RandomAnnotation;
}

function annotate(db: Database, { things, subject, one }: Chosen): void {
  const { what, at, edited, hash: sha256, size } = one;
  const change = (work: () => void) => db.change({ title: 'Noted', source: 'app' }, work);
  const annotations = createAnnotations(db);
  if (what === 'tag') {
    const name = one.text.trim().slice(0, 50);
    const { kind, id } = subject;
    if (name !== '') annotations.tag({ kind, ids: [id], add: [name], remove: [] });
  } else if (what === 'note' && one.text.trim() !== '') {
    const note = { id: newId(), text: one.text, at, editedAt: edited };
    change(() => db.tables.exchangeAnnotations.putNote(subject, note));
  } else if (what === 'field') addField(db, { things, subject, one });
  else if (what === 'attachment') {
    const name = safeFileName(one.text);
    if (db.tables.attachments.isTaken(subject.id, name)) return;
    const [width, height] = one.yes ? [size, 7] : [null, null];
    const content = { mediaType: 'image/png', sizeBytes: size, sha256, width, height, addedAt: at };
    change(() => void db.tables.attachments.insert(subject, { name, ...content }));
  }
}

/** A field, and values of it for all things of the kind but one. */
function addField(db: Database, { things, subject, one }: Chosen): void {
  const { kind } = subject;
  const target = things[(one.which * 7) % things.length] ?? subject;
  const parsed = newCustomField.safeParse({
    kind,
    name: one.text,
    type: one.type,
    ...(one.type === 'choice' && { options: one.options }),
    ...(one.type === 'reference' && { target: target.kind }),
    required: one.yes,
    help: one.other,
  });
  if (!parsed.success) return;
  const { customFields } = createAnnotations(db);
  const { id } = customFields.create(parsed.data);
  const field = customFields.list(kind).find((each) => each.id === id);
  if (field === undefined) return;
  const typed = {
    text: one.other,
    url: `https://example.org/${encodeURI(one.other)}`,
    number: String(one.number),
    boolean: one.yes ? 'yes' : 'no',
    choice: field.options?.[0] ?? '',
    date: new Date(one.at).toISOString().slice(0, 10),
    reference: target.id,
  }[field.type];
  const value = parseCustom(field, typed);
  if (!('value' in value) || value.value === null) return;
  const ids = things.filter((each) => each.kind === kind).map((each) => each.id);
  const values = [{ field: id, value: value.value }];
  customFields.set({ kind, ids: ids.length > 1 ? ids.slice(1) : ids, values });
}
