import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { type Kind, kindOf, kinds } from '../../../../shared/model/kinds/index.ts';
import type { Database } from '../../db/index.ts';
import { type TemporaryData, temporaryData } from '../../db/temporary-data.ts';
import { createInventory } from '../../inventory/index.ts';
import { createExchange, type Exchange } from '../index.ts';
import { readInventory } from '../inventory-rows.ts';
import { addRandom, randomInventory } from '../random-inventory.ts';
import { readCell, writeCell } from './cell.ts';
import { mapColumns } from './columns.ts';
import { readCsv } from './read-csv.ts';

const plainOptions = { kind: null, map: new Map<string, string | null>() };
const fieldsOf = (text: string, kind: string, map: [string, string | null][] = []) =>
  readCsv(text, 'x.csv', { kind: kindOf(kind), map: new Map(map) }).records.map(
    ({ fields, id }) => ({
      ...Object.fromEntries([...fields].map(([name, { typed }]) => [name, typed])),
      ...(id === null ? {} : { id }),
    }),
  );

describe('cells', () => {
  it('come back as they were, and none begins a formula', () => {
    const text = fc.oneof(
      fc.string(),
      fc
        .tuple(fc.constantFrom('=', '+', '-', '@', "'", "''", "'=", '\t', '＝'), fc.string())
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (cell) => {
        const written = writeCell(cell);
        expect(written.replace(/^"/, '')).not.toMatch(/^[=+\-@\t\r＝＋－＠]/);
        const unquoted = /^".*"$/s.test(written)
          ? written.slice(1, -1).replaceAll('""', '"')
          : written;
        expect(readCell(unquoted)).toBe(cell);
      }),
    );
  });
});

describe('columns', () => {
  it.each((kinds as readonly Kind[]).map((kind) => [kind.name, kind] as const))(
    'of %s are known by label and by field name',
    (_name, kind) => {
      const names = Object.keys(kind.fields);
      expect(mapColumns(kind, names)).toEqual(names);
      expect(
        mapColumns(
          kind,
          Object.values(kind.fields).map(({ label }) => label),
        ),
      ).toEqual(names);
    },
  );

  it('are known as NetBox calls them, and what has no place is said', () => {
    const read = readCsv(
      'id,Name,Device,Enabled,MTU,Management only,Description,Tenant\n7,eth0,pi-1,true,9000,false,up,x\n',
      'interfaces.csv',
      plainOptions,
    );
    expect(read.kind.name).toBe('interface');
    expect(read.dropped.map(({ what }) => what)).toEqual(['the column id', 'the column Tenant']);
    const [record] = read.records;
    expect(record?.fields.get('disabled')?.typed).toBe('no');
    expect(record?.fields.get('comment')?.typed).toBe('up');
  });

  it('of a device and of its interface make one reference', () => {
    expect(fieldsOf('Address,Device,Interface\n10.0.0.2/24,pi-1,eth0\n', 'address')).toEqual([
      { address: '10.0.0.2/24', interface: 'pi-1 eth0' },
    ]);
  });

  it('are what a person says they are', () => {
    const map: [string, string | null][] = [
      ['Box', 'name'],
      ['Kind', null],
      ['Sort', 'kind'],
    ];
    expect(fieldsOf('Box,Kind,Sort\npi-1,x,sbc\n', 'device', map)).toEqual([
      { name: 'pi-1', kind: 'sbc' },
    ]);
    expect(() => fieldsOf('a\n1\n', 'device', [['b', 'name']])).toThrow(/no column called b/);
    expect(() => fieldsOf('a\n1\n', 'device', [['a', 'colour']])).toThrow(/no field called colour/);
  });
});

describe('tables', () => {
  it.each([
    ['semicolons', 'Name;Kind\n"a;b";nas\n'],
    ['tabs', 'Name\tKind\na;b\tnas\n'],
    ['bars', 'Name|Kind\na;b|nas\n'],
    ['a line that says so', 'sep=;\nName;Kind\n"a;b";nas\n'],
    ['empty lines', '\n\nName,Kind\n\na;b,nas\n,\n'],
  ])('are read with %s', (_what, text) => {
    expect(fieldsOf(text, 'device')).toEqual([{ name: 'a;b', kind: 'nas' }]);
  });

  it.each([
    ['an open quotation mark', 'Name,Kind\na,"nas\n', /Line 2: a quotation mark is never closed/],
    ['text behind one', 'Name,Kind\nb,nas\n"a"x,nas\n', /Line 3: there is text behind/],
    ['one in the middle', 'Name,Kind\na"b,nas\n', /Line 2: a quotation mark stands in the middle/],
    ['too many cells', 'Name,Kind\na,nas,b\n', /Line 2: this row has 3 cells, and the first one 2/],
    ['an id that is none', 'Name,id\na,b\n', /Line 2: id: “b” is no id/],
    ['nothing', '', /Line 1: the file is empty/],
  ])('with %s are refused with the line', (_what, text, told) => {
    expect(() => fieldsOf(text, 'device')).toThrow(told);
  });

  it('may be called like what every object has', () => {
    expect(fieldsOf('Name,constructor,toString,__proto__\nx,1,2,3\n', 'device')).toEqual([
      { name: 'x' },
    ]);
  });

  it('that a row does not reach are not said, so that nothing is taken away', () => {
    expect(fieldsOf('Name,Kind,Comment\nx,other\ny,other,\n', 'device')).toEqual([
      { name: 'x', kind: 'other' },
      { name: 'y', kind: 'other', comment: null },
    ]);
  });

  it.each([
    [
      'a row that was cut off',
      'Name,Kind,Comment\nx,other,a\ny,ot',
      /Line 3: .*2 of 3 cells.*cut off/,
    ],
    ['millions of columns', ','.repeat(8_000_000), /Line 1: .*too long/],
    ['thousands of columns', `Name\n${','.repeat(50_000)}\n`, /Line 2: .*1,000 columns/],
    ['millions of rows', `Name\n${'a\n'.repeat(600_000)}`, /Line 500002: .*500,000 rows/],
  ])('refuse %s by line, soon', (_, text, told) => {
    expect(() => fieldsOf(text, 'device')).toThrow(told);
  });

  it('of a kind that is not clear ask for it', () => {
    const read = () => readCsv('Colour,Size\nred,4\n', 'stuff.csv', plainOptions);
    expect(read).toThrow(RackhelmError);
    expect(read).toThrow(/not clear which kind/);
  });
});

describe('a table of each kind', () => {
  let data: TemporaryData;
  let db: Database;
  let exchange: Exchange;
  beforeAll(() => {
    data = temporaryData();
    db = data.open();
    createInventory(db);
    exchange = createExchange(db);
  });
  afterAll(() => data.remove());
  const compare = (text: string, kind: Kind) =>
    exchange.compare({ name: 'table.csv', bytes: Buffer.from(text) }, { kind, map: new Map() });

  it('changes nothing when it comes back as it went out', () => {
    fc.assert(
      fc.property(randomInventory, (inventory) => {
        addRandom(db, inventory);
        for (const kind of kinds as readonly Kind[]) {
          const { summary } = compare(exchange.write('csv', kind), kind);
          expect({ kind: kind.name, total: summary.total }).toEqual({ kind: kind.name, total: 0 });
        }
        const whole = { name: 'x.yaml', bytes: Buffer.from('rackhelm: 2\nwhole: true\n') };
        exchange
          .compare(whole, { kind: null, map: new Map() })
          .apply({ deletions: true, prefer: null });
      }),
      { numRuns: 10 },
    );
  }, 60_000);

  it('changes by name without an id, and tells line and column of what is wrong', () => {
    const device = kindOf('device');
    compare('Name,Kind,Memory\npi-1,sbc,8G\npi-2,sbc,\n', device).apply({
      deletions: true,
      prefer: null,
    });
    const changed = compare('name,memory\nPI-1,16 GB\n', device);
    expect(changed.differences({ offset: 0, limit: 5 })).toMatchObject([
      {
        action: 'change',
        name: 'PI-1',
        fields: [{ field: 'name' }, { before: '8 GiB', after: '16 GiB' }],
      },
    ]);
    expect(() => compare('Name,Memory\npi-1,8G\npi-2,much\n', device)).toThrow(
      'Line 3: Memory: “much” is not understood: ',
    );
    expect(readInventory(db).byKind.get('device')).toHaveLength(2);
  });
});
