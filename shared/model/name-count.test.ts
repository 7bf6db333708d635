import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextName, nextNames } from './name-count.ts';

const free = () => false;

describe('counting a name on', () => {
  it.each([
    ['pi-1', 'pi-2'],
    ['node09', 'node10'],
    ['node99', 'node100'],
    ['007', '008'],
    ['nas', 'nas-2'],
    ['Living room', 'Living room 2'],
    ['Rack 1', 'Rack 2'],
    ['pi-1.home.arpa', 'pi-2.home.arpa'],
    ['gw.home.arpa', 'gw.home.arpa-2'],
    ['eth0.20', 'eth0.21'],
    ['10.0.0.9', '10.0.0.10'],
    ['copy (2)', 'copy (3)'],
    ['raid5-box', 'raid5-box-2'],
    ['SN99999999999999999999', 'SN100000000000000000000'],
    ['', '-2'],
  ])('%s is followed by %s', (name, next) => {
    expect(nextName(name, free)).toBe(next);
  });

  it('passes over what is taken', () => {
    const taken = new Set(['pi-2', 'pi-3', 'pi-5']);
    expect(nextNames('pi-1', 3, (name) => taken.has(name))).toEqual(['pi-4', 'pi-6', 'pi-7']);
  });

  it('gives as many as asked, none of them twice, taken or the name itself', () => {
    const name = fc.oneof(fc.string(), fc.stringMatching(/^[a-z]{0,4}-?[0-9]{0,20}(\.lan)?$/));
    fc.assert(
      fc.property(name, fc.nat(40), fc.array(fc.nat(30)), (from, count, skipped) => {
        const all = nextNames(from, 60, free);
        const taken = new Set(skipped.flatMap((at) => all[at] ?? []));
        const names = nextNames(from, count, (one) => taken.has(one));
        expect(names).toHaveLength(count);
        expect(new Set([...names, from]).size).toBe(count + 1);
        expect(names.some((one) => taken.has(one))).toBe(false);
      }),
    );
  });
});
