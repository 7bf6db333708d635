import fc from 'fast-check';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { columnsOf, columnValues, rowsOf, toColumns } from './columns.ts';

const row = z.object({
  id: z.string(),
  kind: z.enum(['nas', 'switch']),
  memory: z.number().nullable(),
  tags: z.array(z.string()),
  failure: z.object({ code: z.string() }).nullable(),
});
const keys = ['id', 'kind', 'memory', 'tags', 'failure'] as const;

const rows = fc.array(
  fc.record({
    id: fc.string(),
    kind: fc.constantFrom('nas' as const, 'switch' as const),
    memory: fc.option(fc.integer()),
    tags: fc.array(fc.constantFrom('a', 'b')),
    failure: fc.option(fc.record({ code: fc.constantFrom('x', 'y') })),
  }),
  { maxLength: 200 },
);

it('brings every list through JSON and its schema as it was', () => {
  fc.assert(
    fc.property(rows, (list) => {
      const sent: unknown = JSON.parse(JSON.stringify(toColumns(list, keys)));
      const received = columnsOf(row).parse(sent);
      expect(rowsOf(received)).toEqual(list);
      expect(columnValues(received, 'id')).toEqual(list.map(({ id }) => id));
    }),
  );
});

it('sends what repeats once', () => {
  const list = Array.from({ length: 5_000 }, (_, n) => ({ name: `n${n}`, os: `Debian ${n % 40}` }));
  const { columns } = toColumns(list, ['name', 'os']);
  expect(columns.name.at).toBeNull();
  expect(columns.os.values).toHaveLength(40);
});

it('refuses a value that a row may not have, and a list that was cut', () => {
  const list = ['a', 'b'].map((id) => {
    return { id, kind: 'nas' as const, memory: 1, tags: [], failure: null };
  });
  const sent = toColumns(list, keys);
  const wrong = { ...sent, columns: { ...sent.columns, kind: { values: ['boat'], at: null } } };
  expect(columnsOf(row).safeParse(wrong).success).toBe(false);
  expect(() => rowsOf({ ...sent, count: 3 })).toThrow('no value for row 2');
});
