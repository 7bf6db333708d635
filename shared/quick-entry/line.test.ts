import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLine } from './line.ts';

function devicesOf(line: string) {
  const read = readLine(line);
  if ('problem' in read) throw new Error(`${read.problem} at ${read.at}`);
  return read.devices;
}
const problemOf = (line: string) => {
  const read = readLine(line);
  return 'problem' in read ? [line.slice(read.at, read.at + read.length), read.problem] : null;
};

describe('one line for many', () => {
  it('gives each name its own address', () => {
    const devices = devicesOf('pi-[1-3] eth0 10.20.10.[11-13]/24');
    expect(devices.map(({ name }) => name)).toEqual(['pi-1', 'pi-2', 'pi-3']);
    expect(devices.map(({ interfaces }) => interfaces[0]?.addresses)).toEqual([
      ['10.20.10.11/24'],
      ['10.20.10.12/24'],
      ['10.20.10.13/24'],
    ]);
  });

  it('takes type, rack, unit, VLAN and MAC, in any order and by many names', () => {
    const [first, second] = devicesOf(
      'pi-[1-2] vlan:20 type:"Raspberry Pi 5" rack:A mac:aa:bb:cc:dd:ee:[01-02] U[10-11] tagged:30,40 status:active',
    );
    expect(first).toEqual({
      name: 'pi-1',
      fields: { deviceType: 'Raspberry Pi 5', rack: 'A', position: 'U10', status: 'active' },
      interfaces: [
        {
          name: null,
          addresses: [],
          macs: ['aa:bb:cc:dd:ee:01'],
          untagged: '20',
          tagged: ['30', '40'],
        },
      ],
    });
    expect(second?.fields.position).toBe('U11');
    expect(second?.interfaces[0]?.macs).toEqual(['aa:bb:cc:dd:ee:02']);
  });

  it('gives what stands behind an interface to that interface, IPv6 and MACs told by their looks', () => {
    const [device] = devicesOf(
      'nas eth0 10.0.0.2/24 fd00::2/64 02:00:00:00:00:01 vlan:10 eth1 10.0.20.2/24 vlan:20',
    );
    expect(device?.interfaces).toEqual([
      {
        name: 'eth0',
        addresses: ['10.0.0.2/24', 'fd00::2/64'],
        macs: ['02:00:00:00:00:01'],
        untagged: '10',
        tagged: [],
      },
      { name: 'eth1', addresses: ['10.0.20.2/24'], macs: [], untagged: '20', tagged: [] },
    ]);
  });

  it('gives every device all of several interfaces, and one value to all', () => {
    const devices = devicesOf('sw-[1-2] port[1-3] site:Home');
    expect(devices.map(({ interfaces }) => interfaces.map(({ name }) => name))).toEqual([
      ['port1', 'port2', 'port3'],
      ['port1', 'port2', 'port3'],
    ]);
    expect(devices.map(({ fields }) => fields.site)).toEqual(['Home', 'Home']);
  });

  it('keeps blanks and brackets that stand in quotes', () => {
    const [device] = devicesOf('"my [old] nas" "Port 1" comment:"a [b] c"');
    expect(device?.name).toBe('my [old] nas');
    expect(device?.interfaces[0]?.name).toBe('Port 1');
    expect(device?.fields.comment).toBe('a [b] c');
  });

  it.each<[string, string, RegExp]>([
    ['', '', /Begin with a name/],
    ['pi-[1-4] eth0 10.0.0.[1-3]/24', '10.0.0.[1-3]/24', /stands for 3, but there are 4 names/],
    ['pi eth0 10.0.0.[1-3]/24', '10.0.0.[1-3]/24', /is one name/],
    ['pi-[1-4 eth0', '[', /not closed/],
    ['pi type:"Raspberry', '"Raspberry', /quote is not closed/],
    ['pi colour:red', 'colour:red', /no field called colour/],
    ['pi rack:A rack:B', 'rack:B', /given twice/],
    ['pi rack:', 'rack:', /no value/],
    ['pi eth[0-1] 10.0.0.1/24', '10.0.0.1/24', /name each/],
    ['pi eth0 vlan:1 vlan:2', 'vlan:2', /given twice/],
    ['n[1-99999]', '1', /more than/],
  ])('“%s” says at “%s” what is wrong', (line, where, problem) => {
    expect(problemOf(line)).toEqual([where, expect.stringMatching(problem)]);
  });

  it('never throws, and says where inside of the line', () => {
    const word = fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.constantFrom('pi-[1-3]', 'eth0', '10.0.0.[1-3]/24', 'vlan:20', 'U[1-3]', '"a b"', '['),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (words) => {
        const line = words.join(' ');
        const read = readLine(line);
        if ('problem' in read) expect(read.at + read.length).toBeLessThanOrEqual(line.length);
        else expect(read.devices.length).toBeGreaterThan(0);
      }),
      { numRuns: 1_000 },
    );
  });
});
