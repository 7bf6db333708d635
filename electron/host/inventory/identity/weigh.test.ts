import { describe, expect, it } from 'vitest';
import type { IdentityKind, IdentityVerdict } from '../../../../shared/model/identity.ts';
import { matchSentence } from '../../../../shared/model/identity-words.ts';
import type { IdentityKey, KnownKey } from '../../db/index.ts';
import { type MacGrade, macGrade } from './mac-grade.ts';
import type { ReadingKeys } from './reading-keys.ts';
import { judge } from './verdict.ts';
import { type Weighed, weigh } from './weigh.ts';

const pool: Readonly<Record<IdentityKind, readonly string[]>> = {
  'product-uuid': ['4c4c4544-0031-3010-8034-b7c04f4d3332', '9a1b4544-0031-3010-8034-b7c04f4d3332'],
  serial: ['PF3XYZ', 'ZZ9', 'HOST77'],
  'board-serial': ['B1', 'B2'],
  'chassis-serial': ['C1', 'C2'],
  'machine-id': ['0123456789abcdef0123456789abcdef', 'fedcba98765432100123456789abcde0'],
  'host-id': ['h-1', 'h-2'],
  'ssh-host-key': ['ssh-ed25519 SHA256:A', 'ssh-ed25519 SHA256:B', 'ssh-rsa SHA256:C'],
  mac: ['d8:3a:dd:00:00:01', 'a0:36:9f:00:00:10', '52:54:00:00:00:01', '02:63:3b:00:00:01'],
  disk: ['D1', 'D2'],
  hostname: ['nas', 'pi-1'],
  'ssh-target': ['10.0.0.5:22', '10.0.0.6:22'],
  address: ['10.0.0.5', '10.0.0.6'],
};

type Random = (below: number) => number;

/** Repeatable numbers from 0 up to, not including, `below` (mulberry32). */
function generator(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, at: random(1e9) }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

function someKeys(random: Random): IdentityKey[] {
  return (Object.entries(pool) as [IdentityKind, readonly string[]][]).flatMap(([kind, values]) =>
    values.filter(() => random(3) === 0).map((value) => ({ kind, value })),
  );
}

function readingOf(keys: readonly IdentityKey[], random: Random): ReadingKeys {
  const grades = new Map<string, MacGrade>();
  for (const { kind, value } of keys) {
    const grade = kind === 'mac' ? macGrade(value) : null;
    if (grade) grades.set(value, grade);
  }
  return { keys, grades, told: new Set(), isVirtual: random(2) === 0, hosts: [] };
}

const seen = (keys: readonly IdentityKey[]): KnownKey[] =>
  keys.map((key) => ({ ...key, origin: 'observed' }));

const rank: Readonly<Record<IdentityVerdict, number>> = {
  same: 3,
  'probably-same': 2,
  clone: 1,
  another: 0,
};

describe('weighing', () => {
  it('does not depend on the order of keys', () => {
    const random = generator(7);
    for (let round = 0; round < 500; round += 1) {
      const [now, then] = [someKeys(random), seen(someKeys(random))];
      const carriers = () => 1 + random(1);
      const weighed = (
        keys: readonly IdentityKey[],
        known: readonly KnownKey[],
        virtual: boolean,
      ) => weigh({ reading: { ...readingOf(keys, random), isVirtual: virtual }, known, carriers });
      for (const virtual of [true, false]) {
        const one = weighed(now, then, virtual);
        const other = weighed(shuffled(now, random), shuffled(then, random), virtual);
        expect(other).toEqual(one);
      }
    }
  });

  it('never comes nearer to the same because others share a key', () => {
    const random = generator(11);
    for (let round = 0; round < 2000; round += 1) {
      const [now, then] = [someKeys(random), seen(someKeys(random))];
      const reading = readingOf(now, random);
      const alone = judge(weigh({ reading, known: then, carriers: () => 1 }));
      for (const carriers of [2, 4, 30]) {
        const shared = judge(weigh({ reading, known: then, carriers: () => carriers }));
        expect(rank[shared] <= rank[alone] || shared !== 'same').toBe(true);
      }
    }
  });

  it('is sure of nothing where nothing agrees', () => {
    const random = generator(13);
    for (let round = 0; round < 500; round += 1) {
      const then = seen(someKeys(random));
      const now = someKeys(random).filter(
        ({ kind, value }) => !then.some((key) => key.kind === kind && key.value === value),
      );
      const weighed = weigh({ reading: readingOf(now, random), known: then, carriers: () => 1 });
      expect(judge(weighed)).toBe('another');
    }
  });

  it('is linear: 20,000 cards on both sides take no time worth telling', () => {
    const mac = (index: number) =>
      `d8:3a:dd:${index
        .toString(16)
        .padStart(6, '0')
        .replace(/(..)(..)(..)/, '$1:$2:$3')}`;
    const keys = Array.from({ length: 20_000 }, (_, i) => ({
      kind: 'mac' as const,
      value: mac(i + 1),
    }));
    const grades = new Map(keys.map(({ value }) => [value, 'hardware' as const]));
    const reading = { keys, grades, told: new Set<IdentityKind>(), isVirtual: false, hosts: [] };
    const begin = performance.now();
    const weighed = weigh({ reading, known: seen(keys), carriers: () => 1 });
    expect(performance.now() - begin).toBeLessThan(2_000);
    expect(weighed.cards).toBe('agrees');
  });
});

describe('the table', () => {
  const stances = ['agrees', 'leans', 'mixed', 'silent', 'doubts', 'differs'] as const;
  const places = ['both', 'way', 'name', 'hint', 'none', 'against'] as const;
  const all = function* (): Generator<Weighed> {
    for (const board of stances)
      for (const system of stances)
        for (const cards of [...stances, 'one' as const])
          for (const disk of ['agrees', 'silent', 'doubts'] as const)
            for (const place of places) yield { board, system, cards, disk, place, reasons: [] };
  };
  const good = new Set<string>(['agrees', 'one', 'leans']);
  const bad = new Set<string>(['differs']);

  it('calls nothing the same that has more against it than for it', () => {
    for (const weighed of all()) {
      const sides = [weighed.board, weighed.system, weighed.cards];
      const pro = sides.filter((side) => good.has(side)).length;
      const contra = sides.filter((side) => bad.has(side)).length;
      if (judge(weighed) === 'same')
        expect(contra, JSON.stringify(weighed)).toBeLessThanOrEqual(pro);
      if (contra >= 2) expect(judge(weighed), JSON.stringify(weighed)).not.toBe('same');
    }
  });

  it('never takes name and place alone for a machine', () => {
    for (const weighed of all()) {
      const sides = [weighed.board, weighed.system, weighed.cards];
      if (sides.every((side) => side === 'silent')) expect(judge(weighed)).not.toBe('same');
    }
  });

  it('calls only that a clone of which the system or the keys agree', () => {
    for (const weighed of all()) {
      if (judge(weighed) !== 'clone') continue;
      expect(['agrees', 'leans', 'mixed']).toContain(weighed.system);
    }
  });

  it('does not think worse of a machine that stands where the device stood', () => {
    for (const weighed of all()) {
      if (weighed.place !== 'none') continue;
      const here = judge({ ...weighed, place: 'both' });
      const order = rank[here] >= rank[judge(weighed)];
      expect(order, JSON.stringify(weighed)).toBe(true);
    }
  });
});

it('says in one sentence what it goes by, the two weightiest reasons', () => {
  const reading = readingOf(
    [
      { kind: 'machine-id', value: 'ab'.repeat(16) },
      { kind: 'serial', value: 'ZZ9' },
      { kind: 'hostname', value: 'nas' },
    ],
    () => 1,
  );
  const known: KnownKey[] = seen([
    { kind: 'machine-id', value: 'ab'.repeat(16) },
    { kind: 'serial', value: 'PF3XYZ' },
    { kind: 'hostname', value: 'nas' },
  ]);
  const weighed = weigh({ reading, known, carriers: () => 1 });
  const match = {
    deviceId: '',
    deviceName: 'nas',
    verdict: judge(weighed),
    reasons: [...weighed.reasons],
  };
  expect(matchSentence(match)).toBe(
    `This looks like a clone of nas: the same machine id ${'ab'.repeat(6)}…, but serial number ZZ9 instead of PF3XYZ.`,
  );
});
