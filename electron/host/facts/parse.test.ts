import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { factsSchema, factsSections } from '../../../shared/model/facts.ts';
import { fixtureNonce, outputOf } from './output-fixture.ts';
import { parseFacts } from './parse.ts';

const fixture = (name: string) =>
  readFileSync(new URL(`../../../test/fixtures/facts/${name}.txt`, import.meta.url));
const parse = (output: Buffer | string) =>
  parseFacts(output, fixtureNonce, { collectedAt: 1, durationMs: 1 });
const names = ['debian-vm', 'busybox', 'raspberry-pi-5', 'gpu-machine'];

/** A small generator, so that a failing run can be run again. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('whole outputs', () => {
  it.each(names)('of %s give the facts that were checked by eye', (name) => {
    expect(parse(fixture(name)).sections).toMatchSnapshot();
  });

  it('of dash and busybox on one machine agree on the interfaces', () => {
    const seen = ['debian-vm', 'busybox'].map((name) => {
      const { interfaces } = parse(fixture(name)).sections;
      if (interfaces.status !== 'ok') throw new Error(interfaces.reason);
      return interfaces.data.map(({ name: is, kind, master, parent }) => [
        is,
        kind,
        master,
        parent,
      ]);
    });
    expect(seen[0]).toEqual(seen[1]);
  });

  it('have every section even where nothing came', () => {
    expect(Object.keys(parse('').sections)).toEqual(Object.keys(factsSections));
  });
});

describe('an output that was cut before it told what is there', () => {
  const cut = parse(outputOf({ files: { end: 'cut', text: '/proc/1/comm:systemd' } })).sections;
  it.each(['machineId', 'containers', 'kubernetes', 'gpus', 'lldp', 'cgroup'] as const)(
    'does not call %s absent',
    (name) => expect(cut[name].status).toBe('failed'),
  );

  it('does not say that a process does not run which it may not have come to', () => {
    const files = { end: 'cut', text: '/proc/1/comm:systemd' };
    const { containers } = parse(outputOf({ files, docker: '{}' })).sections;
    expect(containers).toMatchObject({ data: [{ engine: 'docker', running: null }] });
  });
});

describe('damaged outputs', () => {
  it.each(names)('of %s never throw and never make invalid facts', (name) => {
    const whole = fixture(name);
    const random = randomFrom(name.length);
    const at = () => Math.floor(random() * whole.length);
    for (let run = 0; run < 150; run += 1) {
      let bytes = Buffer.from(whole);
      if (run % 3 === 0) bytes = bytes.subarray(0, at());
      if (run % 3 === 1) for (let n = 0; n < 40; n += 1) bytes[at()] = Math.floor(random() * 256);
      if (run % 3 === 2) {
        const [from, to] = [at(), at()].sort((a, b) => a - b);
        bytes = Buffer.concat([bytes.subarray(0, from), bytes.subarray(to), bytes.subarray(at())]);
      }
      expect(factsSchema.safeParse(parse(bytes)).success).toBe(true);
    }
  });

  it('with another number for each number still make valid facts', () => {
    const random = randomFrom(7);
    const text = fixture('gpu-machine').toString();
    for (let run = 0; run < 50; run += 1) {
      const odd = ['-1', '1e999', '99999999999999999999', '0x', '', 'NaN', '3.7'];
      const damaged = text.replace(/(?<!@@[a-z0-9 ]*)\b\d+\b/g, (digits) =>
        random() < 0.1 ? (odd[Math.floor(random() * odd.length)] ?? digits) : digits,
      );
      expect(factsSchema.safeParse(parse(damaged)).success).toBe(true);
    }
  });
});
