import fc from 'fast-check';
import type { Subject } from '../../../shared/model/annotations.ts';
import { RackhelmError } from '../../../shared/model/errors.ts';
import type { Field } from '../../../shared/model/kinds/index.ts';
import {
  type FieldValue,
  type Kind,
  type KindName,
  kinds,
} from '../../../shared/model/kinds/index.ts';
import { newValues } from '../../../shared/model/kinds/schema.ts';
import type { Database } from '../db/index.ts';
import { createRecords } from '../records/index.ts';

/** For tests: what to add, in the order of kinds; references choose among what is there by then. */
export type RandomInventory = readonly {
  readonly kind: Kind;
  readonly values: Readonly<Record<string, unknown>>;
}[];

const hostileTexts = [
  'yes',
  'null',
  '~',
  '1.10',
  '0x1f',
  '2026-11-30',
  '- a',
  'a: b',
  '# x',
  '"q"',
  "it's",
  '{a}',
  '[1]',
  '=1+1',
  '@cmd',
  '*x',
  '&x',
  '!tag',
  '<<',
  '%',
  'Straße 5',
  '機架',
  'a\u202eb',
  "'=x",
  "''",
  'a,b;c',
  'x\ty',
  '0190b0d0-0000-7000-8000-000000000000',
  'rackhelm: 2',
  'emoji \u{1f600}',
  'a  b',
  '+49',
  'True',
  'a #b',
];

export const hostile = fc.constantFrom(...hostileTexts);

const octets = fc.tuple(fc.integer({ min: 1, max: 223 }), fc.nat(255), fc.nat(255), fc.nat(255));
const address = fc.oneof(
  octets.map((parts) => parts.join('.')),
  fc.integer({ min: 1, max: 0xffff }).map((part) => `fd00::${part.toString(16)}`),
);

const texts = (most: number, multiline: boolean) =>
  fc
    .oneof(
      fc.constantFrom(...hostileTexts),
      fc.string({ minLength: 1, maxLength: Math.min(most, 30) }),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: Math.min(most, 12) }),
      ...(multiline
        ? [
            fc
              .array(fc.string({ maxLength: 12 }), { maxLength: 6 })
              .map((lines) => lines.join('\n')),
          ]
        : []),
    )
    .map((text) => text.replaceAll('\0', '').toWellFormed().slice(0, most));

function someValue(field: Field): fc.Arbitrary<unknown> {
  switch (field.type) {
    case 'text':
    case 'url':
    case 'colour':
      return texts(field.most, false);
    case 'long-text':
      return texts(field.most, true);
    case 'boolean':
      return fc.boolean();
    case 'choice':
      return fc.constantFrom(...field.options);
    case 'reference':
      return fc.nat(1_000);
    case 'address':
      return address;
    case 'host-address':
      return address.map((text) => `${text}/${text.includes(':') ? 64 : 24}`);
    case 'prefix':
      return octets.map(([a, b, c]) => `${a}.${b}.${c}.0/24`);
    case 'range':
      return octets.map(([a, b, c]) => `${a}.${b}.${c}.10-${a}.${b}.${c}.99`);
    case 'mac':
      return fc
        .array(fc.nat(255), { minLength: 6, maxLength: 6 })
        .map((bytes) => bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(':'));
    default: {
      const { least, most, step = 1 } = field;
      return fc
        .integer({ min: 0, max: Math.floor((most - least) / step) })
        .map((n) => least + n * step);
    }
  }
}

function rowOf(kind: Kind) {
  const members = Object.entries(kind.fields).map(
    ([name, field]) =>
      [
        name,
        field.required === true ? someValue(field) : fc.option(someValue(field), { freq: 2 }),
      ] as const,
  );
  return fc.record(Object.fromEntries(members)).map((values) => ({ kind, values }));
}

const manyOf: Readonly<Record<string, number>> = { device: 6, interface: 10, address: 8, site: 2 };

export const randomInventory: fc.Arbitrary<RandomInventory> = fc
  .tuple(
    ...(kinds as readonly Kind[]).map((kind) =>
      fc.array(rowOf(kind), { maxLength: manyOf[kind.name] ?? 4 }),
    ),
  )
  .map((groups) => groups.flat());

/** Adds what the inventory takes of it; what it refuses, such as a name twice, is left out. */
export function addRandom(db: Database, inventory: RandomInventory): Subject[] {
  const added: Subject[] = [];
  const records = createRecords(db);
  const ids = new Map<string, string[]>();
  for (const { kind, values } of inventory) {
    const chosen = Object.entries(values).flatMap(([name, value]): [string, unknown][] => {
      const field = kind.fields[name];
      if (field?.type !== 'reference' || typeof value !== 'number')
        return value === null ? [] : [[name, value]];
      const among = ids.get(field.to) ?? [];
      return among.length === 0 ? [] : [[name, among[value % among.length]]];
    });
    const parsed = newValues(kind).safeParse(Object.fromEntries(chosen));
    if (!parsed.success) continue;
    try {
      const name = kind.name as KindName; // kinds have names of the list
      const { id } = records.create({
        kind: name,
        values: parsed.data as Record<string, FieldValue>,
      });
      added.push({ kind: name, id });
      ids.set(kind.name, [...(ids.get(kind.name) ?? []), id]);
    } catch (error) {
      if (!(error instanceof RackhelmError)) throw error;
    }
  }
  return added;
}
