import { expect, it } from 'vitest';
import { recordsCsv } from './records-csv.ts';

const row = (values: Record<string, string | number | null>, names = {}) => ({
  id: 'x',
  name: 'called so',
  values,
  names,
  tags: [],
});

it('writes values as they are typed and references by their names', () => {
  const rows = [row({ number: 20, name: 'storage', mtu: 9_000, purpose: null })];
  expect(recordsCsv('vlan', ['name', 'number', 'mtu', 'purpose'], rows)).toBe(
    'Name,Number,MTU,Purpose\r\nstorage,20,9000,',
  );
  const bucket = [row({ name: 'b', sizeBytes: 2 * 1024 ** 3, service: '7' }, { service: 'minio' })];
  expect(recordsCsv('bucket', ['name', 'service', 'sizeBytes'], bucket)).toBe(
    'Name,Served by,Size\r\nb,minio,2 GiB',
  );
});

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])(
  'gives a spreadsheet no formula: %j',
  (name) => {
    const [, line] = recordsCsv('vlan', ['name'], [row({ name })]).split(/\r\n/);
    expect(line?.replace(/^"/, '')).toMatch(/^'/);
  },
);

it('quotes what would end a cell or a line', () => {
  expect(recordsCsv('vlan', ['purpose'], [row({ purpose: 'a "b", c\nd' })])).toBe(
    'Purpose\r\n"a ""b"", c\nd"',
  );
});

it('has what a row is called where no field says it', () => {
  expect(recordsCsv('vlan-membership', [':name'], [row({})])).toBe('Name\r\ncalled so');
});
