import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { devicesOf, type PastedTable, readTable } from './table.ts';

function tableOf(text: string): PastedTable {
  const table = readTable(text);
  if ('problem' in table) throw new Error(table.problem);
  return table;
}

describe('a table from a spreadsheet', () => {
  it('knows its columns by what people call them', () => {
    const table = tableOf(
      'Host\tModel\tIP Address\tMAC\tRack\tU\tColour\r\npi-1\tPi 5\t10.0.0.1/24\taa:bb:cc:dd:ee:01\tA\t3\tred\r\n',
    );
    expect(table).toMatchObject({
      header: true,
      columns: ['name', 'model', 'address', 'mac', 'rack', 'position', null],
    });
    expect(devicesOf(table).devices).toEqual([
      {
        name: 'pi-1',
        fields: { model: 'Pi 5', rack: 'A', position: '3' },
        interfaces: [
          {
            name: null,
            addresses: ['10.0.0.1/24'],
            macs: ['aa:bb:cc:dd:ee:01'],
            untagged: null,
            tagged: [],
          },
        ],
      },
    ]);
  });

  it('guesses them by what stands there when nothing names them', () => {
    const { header, columns } = tableOf(
      'pi-1,eth0,10.0.0.1/24,02-00-00-00-00-01,U3\npi-2,eth0,10.0.0.2/24,,U4',
    );
    expect(header).toBe(false);
    expect(columns).toEqual(['name', 'interface', 'address', 'mac', 'position']);
  });

  it('takes a host name for the name where nothing else is called that', () => {
    expect(tableOf('hostname,ip\npi-1,10.0.0.1').columns).toEqual(['name', 'address']);
    expect(tableOf('name;hostname\na;b').columns).toEqual(['name', 'hostname']);
  });

  it('makes one device of rows of one name, an interface of each', () => {
    const { devices, rows } = devicesOf(
      tableOf(
        'name,interface,ip,rack\nNAS,eth0,10.0.0.1/24,A\nnas,eth1,"10.0.1.1/24, fd00::1/64",\npi,,,',
      ),
    );
    expect(devices.map(({ name }) => name)).toEqual(['NAS', 'pi']);
    expect(devices[0]?.interfaces.map(({ name, addresses }) => [name, addresses])).toEqual([
      ['eth0', ['10.0.0.1/24']],
      ['eth1', ['10.0.1.1/24', 'fd00::1/64']],
    ]);
    expect(rows).toEqual([[1, 2], [3]]);
  });

  it('tells of rows that have no name or contradict each other', () => {
    const { problems } = devicesOf(tableOf('name,rack,unit\n,A,1\npi,A,2\npi,B,2'));
    expect(problems).toEqual([
      { row: 1, text: 'It has no name.' },
      { row: 3, text: expect.stringContaining('“A”') },
    ]);
  });

  it.each([
    ['', /nothing/],
    ['\n\n\t\n', /nothing/],
    [`a\n`.repeat(5_001), /more than 5,000 rows/],
    ['a,'.repeat(61), /more than 60 columns/],
    ['x'.repeat(2_000_001), /too long/],
  ])('says why it is none', (text, problem) => {
    expect(readTable(text)).toEqual({ problem: expect.stringMatching(problem) });
  });

  it('reads back any cells that a spreadsheet would write', () => {
    const cell = fc.string({ maxLength: 10 }).map((text) => text.replaceAll('\r', '').trim());
    const grid = fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), {
      minLength: 1,
      maxLength: 6,
    });
    const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(grid, (rows) => {
        // A tab in the first line decides what cuts the cells.
        const text = rows.map((row) => row.map(quote).join('\t')).join('\r\n');
        const filled = rows.filter((row) => row.some((one) => one !== ''));
        const first = rows[0]?.[0] ?? '';
        fc.pre(filled.length > 0 && !first.includes('\n'));
        expect(tableOf(text).rows).toEqual(filled);
      }),
    );
  });
});
