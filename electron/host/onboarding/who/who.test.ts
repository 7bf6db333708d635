import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { Facts } from '../../../../shared/model/facts.ts';
import type { SshTarget } from '../../../../shared/model/ssh.ts';
import type { Draft } from '../../../../shared/onboarding/draft.ts';
import { newId } from '../../db/index.ts';
import { type TemporaryData, temporaryData } from '../../db/temporary-data.ts';
import { createInventory, type Inventory } from '../../inventory/index.ts';
import { factsOfMachine, observedLink, ok, sampleFacts } from '../../inventory/sample-facts.ts';
import { createAttempts } from '../attempts.ts';
import { createDrafts, type Drafts } from '../drafts/index.ts';
import { connectMachine, twinsOf } from './index.ts';

let data: TemporaryData;
let inventory: Inventory;
let drafts: Drafts;
/** What each host tells, or why it does not. */
let hosts: Record<string, Facts | RackhelmError>;
beforeEach(() => {
  data = temporaryData();
  const db = data.open();
  inventory = createInventory(db);
  drafts = createDrafts(db.onboardingDrafts);
  hosts = {};
});
afterEach(() => data.remove());

const keyOf = (host: string) => ({ type: 'ssh-ed25519', sha256: `SHA256:${host}`.padEnd(50, 'A') });
const wayTo = (target: SshTarget, key = target.host) => ({
  target,
  resolved: {
    host: target.host,
    port: 22,
    user: 'ops',
    identityFiles: [],
    jump: [],
    asked: target,
  },
  hostKey: keyOf(key),
});

function addKnown(facts: Facts, name: string, host: string): string {
  const way = wayTo({ host });
  return inventory.addMachine({
    ...{ facts, name, way },
    target: way.target,
    deviceId: null,
    kind: 'server',
    rackId: null,
    acceptFacts: true,
    source: 'app',
  }).deviceId;
}

async function connected(host: string, key = host): Promise<Draft> {
  const draft = drafts.create([{ target: { host }, foundBy: 'typed' }]);
  const attempts = createAttempts({
    inventory,
    report: (error) => {
      throw error;
    },
    readMachine: async (target) => {
      const told = hosts[target.host];
      if (told === undefined || told instanceof RackhelmError) throw told ?? new Error(host);
      return { facts: told, ...wayTo(target, key) };
    },
  });
  const input = { id: draft.id, machineId: draft.machines[0]?.id ?? '', attemptId: newId() };
  const needs = { drafts, attempts };
  for await (const _ of connectMachine(needs, input, undefined)) {
    // Only what is kept counts.
  }
  return drafts.get(draft.id);
}
const who = async (host: string, key?: string) => (await connected(host, key)).machines[0]?.who;

/** Facts as on another board with other cards. */
const onOtherHardware = (facts: Facts, serial: string): Facts => ({
  ...facts,
  sections: {
    ...facts.sections,
    model: ok({ manufacturer: 'LENOVO', model: 'M720q', serial, source: 'dmi' }),
    interfaces: ok([observedLink({ name: 'eth0', mac: `00:23:24:00:00:${serial.slice(-2)}` })]),
  },
});

describe('who a machine is', () => {
  it('is new where nothing is like it', async () => {
    hosts.fresh = factsOfMachine('fresh');
    expect(await who('fresh')).toMatchObject({
      verdict: 'new',
      deviceId: null,
      suggestion: { name: 'fresh' },
    });
  });

  it('is known where it plainly is a device', async () => {
    const deviceId = addKnown(factsOfMachine('nas'), 'nas', '10.0.0.5');
    hosts['10.0.0.5'] = factsOfMachine('nas');
    expect(await who('10.0.0.5')).toMatchObject({ verdict: 'known', deviceId });
  });

  it('is a copy where machine id and host key came along onto another board', async () => {
    const original = onOtherHardware(factsOfMachine('node-a'), 'PF000001');
    const deviceId = addKnown(original, 'node-a', '10.0.0.5');
    hosts['10.0.0.6'] = onOtherHardware(original, 'PF000002');
    expect(await who('10.0.0.6', '10.0.0.5')).toMatchObject({
      verdict: 'clone',
      deviceId,
      says: expect.stringMatching(/copy of node-a.*machine id.*host key.*of its own/s),
    });
  });

  it('may be a replacement where another machine answers for a name', async () => {
    const deviceId = addKnown(
      onOtherHardware(factsOfMachine('dns'), 'PF000001'),
      'dns',
      '10.0.0.5',
    );
    const other = onOtherHardware(factsOfMachine('else'), 'PF000009');
    hosts['10.0.0.5'] = {
      ...other,
      sections: { ...other.sections, hostname: ok({ hostname: 'dns', fqdn: null }) },
    };
    expect(await who('10.0.0.5', 'new-key')).toMatchObject({
      verdict: 'replacement',
      deviceId,
      says: expect.stringContaining('may be a replacement'),
    });
  });
});

describe('connecting', () => {
  it('keeps what was read, for who comes back later', async () => {
    hosts['pi-1'] = sampleFacts();
    const { machines, version } = await connected('pi-1');
    expect(machines[0]).toMatchObject({
      connection: { state: 'read', user: 'ops', hostKey: { type: 'ssh-ed25519' } },
      facts: { board: 'raspberry-pi', architecture: 'arm64', links: [{ name: 'eth0' }] },
      answers: { identity: null },
    });
    expect(version).toBe(1);
  });

  it('keeps why it did not come in', async () => {
    hosts['pi-1'] = new RackhelmError('SSH_AUTH_FAILED', 'pi-1 refused every key.');
    expect((await connected('pi-1')).machines[0]?.connection).toMatchObject({
      state: 'failed',
      code: 'SSH_AUTH_FAILED',
      message: 'pi-1 refused every key.',
    });
  });

  it('that a person gave up says nothing of the machine', async () => {
    hosts['pi-1'] = new RackhelmError('SSH_CANCELLED', 'Cancelled.');
    expect((await connected('pi-1')).machines[0]?.connection).toEqual({ state: 'untried' });
  });
});

describe('two machines of one onboarding', () => {
  const together = async (a: Facts, b: Facts, keys: readonly [string, string]) => {
    Object.assign(hosts, { a, b });
    const machines = [await connected('a', keys[0]), await connected('b', keys[1])];
    return twinsOf(machines.flatMap((draft) => draft.machines)).map(({ text }) => text);
  };
  const one = onOtherHardware(factsOfMachine('node'), 'PF000001');

  it('that carry one disk between them are told to be copies', async () => {
    const [text, ...others] = await together(one, onOtherHardware(one, 'PF000002'), ['k', 'k']);
    expect(text).toContain('the same machine id and SSH host key');
    expect(others).toEqual([]);
  });

  it('that are one machine under two addresses are told so', async () => {
    expect(await together(one, one, ['k', 'k'])).toEqual([
      'b and a lead to the same machine; delete one of them here.',
    ]);
  });

  it('that have nothing in common are left alone', async () => {
    const other = onOtherHardware(factsOfMachine('other'), 'PF000002');
    expect(await together(one, other, ['k', 'l'])).toEqual([]);
  });
});
