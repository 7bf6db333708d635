import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytes, choice, type Field, network, number, speed, text, watts, yesNo } from './field.ts';
import { formatTyped, parseTyped } from './typed.ts';

const units = number('Unit', 0, 100, { type: 'units', step: 0.5 });
const length = number('Length', 1, 10_000_000, { type: 'length' });
const plain = number('Count', 0, 1_000_000);
type Typeable = Exclude<Field, { type: 'reference' }>;

const gib = 1024 ** 3;

describe('what a person types', () => {
  it.each<[Typeable, string, unknown]>([
    [speed('Speed'), '1g', 1_000],
    [speed('Speed'), '2.5 GbE', 2_500],
    [speed('Speed'), '100 Mbit/s', 100],
    [speed('Speed'), '2500', 2_500],
    [speed('Speed'), '10Gbps', 10_000],
    [bytes('Memory'), '16G', 16 * gib],
    [bytes('Memory'), '16 GB', 16 * gib],
    [bytes('Memory'), '16', 16 * gib],
    [bytes('Memory'), '512MiB', 512 * 1024 ** 2],
    [bytes('Memory'), '0.5 T', 512 * gib],
    [units, 'U12', 12],
    [units, '12u', 12],
    [units, '1.5', 1.5],
    [units, '1,5 HE', 1.5],
    [length, '2m', 2_000],
    [length, '30 cm', 300],
    [length, '6ft', 1_829],
    [watts('Power'), '1.2 kW', 1_200],
    [plain, '17', 17],
    [yesNo('Tagged'), 'Yes', true],
    [yesNo('Tagged'), 'off', false],
    [network('mac', 'MAC'), 'AA-BB-CC-dd-ee-ff', 'aa:bb:cc:dd:ee:ff'],
    [network('mac', 'MAC'), 'aabb.ccdd.eeff', 'aa:bb:cc:dd:ee:ff'],
    [network('host-address', 'Address'), '10.0.0.1/255.255.255.0', '10.0.0.1/24'],
    [network('prefix', 'Prefix'), 'FD00:0::/64', 'fd00::/64'],
    [network('range', 'Range'), '10.0.0.10 - 20', '10.0.0.10-10.0.0.20'],
    [choice('Role', ['control-plane', 'worker']), 'Control plane', 'control-plane'],
    [text('Name'), '  pi-1 ', 'pi-1'],
    [text('Name'), '   ', null],
  ])('%o: "%s" means %s', (field, typed, value) => {
    expect(parseTyped(field, typed)).toEqual({ value });
  });

  it.each<[Typeable, string]>([
    [speed('Speed'), 'fast'],
    [speed('Speed'), '1e3'],
    [bytes('Memory'), '-1'],
    [bytes('Memory'), '16 GW'],
    [units, '1.3'],
    [units, '101'],
    [plain, '1.5'],
    [plain, ''.padEnd(400, '9')],
    [yesNo('Tagged'), 'maybe'],
    [network('host-address', 'Address'), '10.0.0.1'],
    [network('prefix', 'Prefix'), '10.0.0.1/24'],
    [network('mac', 'MAC'), 'aa:bb'],
    [choice('Role', ['worker']), 'boss'],
    [text('Name', { most: 3 }), 'four'],
  ])('%o: "%s" is told what would do', (field, typed) => {
    expect(parseTyped(field, typed)).toEqual({ problem: expect.stringMatching(/\.$/) });
  });

  it('reads back what it shows, of every number', () => {
    const fields = [plain, bytes('Memory'), speed('Speed'), watts('Power'), length, units];
    fc.assert(
      fc.property(
        fc.constantFrom(...fields),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (field, at) => {
          const step = field.step ?? 1;
          const steps = Math.floor((field.most - field.least) / step);
          const value = field.least + Math.floor(at * steps) * step;
          expect(parseTyped(field, formatTyped(field, value))).toEqual({ value });
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
