import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Facts } from '../../../shared/model/facts.ts';
import type { Database } from '../db/index.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import { createInventory, type Inventory } from './index.ts';
import { addSampleMachine, ok, sampleFacts, sampleTarget as target } from './sample-facts.ts';

let data: TemporaryData;
let db: Database;
let inventory: Inventory;

beforeEach(() => {
  data = temporaryData();
  db = data.open();
  inventory = createInventory(db);
});
afterEach(() => data.remove());

const addMachine = (facts: Facts, name?: string, acceptFacts?: boolean) =>
  addSampleMachine(inventory, facts, { name, acceptFacts });

describe('suggestions', () => {
  it('take the host name, make it free, and see what kind it is', () => {
    expect(inventory.suggest(sampleFacts(), target)).toEqual({ name: 'pi-1', kind: 'sbc' });
    addMachine(sampleFacts());
    expect(inventory.suggest(sampleFacts(), target).name).toBe('pi-1-2');
    const pc = ok({ manufacturer: 'Lenovo', model: 'M720q', serial: null, source: 'dmi' as const });
    const nameless = ok({ hostname: 'localhost', fqdn: null });
    expect(inventory.suggest(sampleFacts({ model: pc, hostname: nameless }), target)).toEqual({
      name: '10.0.0.11',
      kind: 'server',
    });
    expect(
      inventory.suggest(sampleFacts({ model: pc, virtualization: ok({ kind: 'kvm' }) }), target)
        .kind,
    ).toBe('vm');
  });
});

describe('a suggested name', () => {
  const named = (hostname: string) =>
    inventory.suggest(sampleFacts({ hostname: ok({ hostname, fqdn: null }) }), target).name;

  it('can always be taken, whatever a machine calls itself', () => {
    const long = 'x'.repeat(255);
    expect(named(long)).toBe('x'.repeat(253));
    addMachine(sampleFacts(), named(long));
    expect(named(long)).toBe(`${'x'.repeat(251)}-2`);
    expect(named('pi-\u202e1')).toBe('pi-1');
    expect(named('\u202e')).toBe('10.0.0.11');
  });
});

describe('how to reach a device', () => {
  it('is declared: an address in a plan may be some other machine’s', () => {
    const { id } = inventory.devices.create({ name: 'a', kind: 'server' });
    expect(() => inventory.sshTargetOf(id)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    );
    inventory.devices.update({ ids: [id], patch: { hostname: 'a.lan' } });
    expect(() => inventory.sshTargetOf(id)).toThrow(/no SSH host/);
    const patch = { sshHost: '10.0.0.2', sshPort: 2222, sshJump: 'gate, ada@inner' };
    inventory.devices.update({ ids: [id], patch });
    expect(inventory.sshTargetOf(id)).toEqual({
      host: '10.0.0.2',
      port: 2222,
      jump: ['gate', 'ada@inner'],
    });
  });
});
