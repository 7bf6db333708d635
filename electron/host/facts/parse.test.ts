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

describe('an answer that was cut', () => {
  /** Each good answer by the part that it stands in, and the section that it makes. */
  const answers: readonly (readonly [string, string, string])[] = [
    [
      'ip-json',
      'interfaces',
      JSON.stringify([
        { ifname: 'eth0', addr_info: [{ family: 'inet', local: '10.0.0.5', prefixlen: 24 }] },
        { ifname: 'eth1', addr_info: [] },
      ]),
    ],
    [
      'routes4-json',
      'routes',
      '[{"dst":"default","gateway":"10.0.0.1","dev":"eth0"},{"dst":"10.0.0.0/24","dev":"eth0"}]',
    ],
    [
      'lsblk',
      'blockDevices',
      '{"blockdevices":[{"name":"sda","size":1000,"type":"disk"},{"name":"sdb","size":1000,"type":"disk"}]}',
    ],
    [
      'lldp',
      'lldp',
      '{"lldp":[{"interface":[{"name":"eth0","chassis":[{"id":[{"value":"a"}]}]}]}]}',
    ],
    ['nvidia-smi', 'gpus', '0, GPU-1, ACME, 580.1, 100, 10, 40, 1, 10, 100, 0x1'],
    [
      'df',
      'fileSystems',
      'Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/sda1 100 50 50 50% /',
    ],
  ];

  it.each(answers)('of %s is never called none', (label, name, text) => {
    const seen = (of: string): { status: string; data?: unknown } =>
      Reflect.get(
        parse(outputOf({ presence: '@lldpcli', 'routes6-json': '', [label]: of })).sections,
        name,
      );
    const whole = seen(text);
    expect(whole.status).toBe('ok');
    for (let length = 1; length < text.length; length += 1) {
      const { status, data } = seen(text.slice(0, length));
      const isNone =
        status === 'absent' || (status === 'ok' && Array.isArray(data) && data.length === 0);
      expect({ length, isNone }).toEqual({ length, isNone: false });
    }
  });
});
