import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FactsSections } from '../../../shared/model/facts.ts';
import type { Database } from '../db/index.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import { createInventory, type Inventory, type MachineToAdd } from './index.ts';
import { observedLink, ok, sampleFacts } from './sample-facts.ts';

let data: TemporaryData;
let db: Database;
let inventory: Inventory;
beforeEach(() => {
  data = temporaryData();
  db = data.open();
  inventory = createInventory(db);
});
afterEach(() => data.remove());

/** A machine of its own for each number. */
function machine(
  number: number,
  input: Partial<MachineToAdd> = {},
  sections: Partial<FactsSections> = {},
): MachineToAdd {
  const target = { host: `10.0.0.${number}` };
  const facts = sampleFacts({
    hostname: ok({ hostname: `pi-${number}`, fqdn: null }),
    machineId: ok({ machineId: `${number}`.padStart(8, 'a').padEnd(32, 'b') }),
    model: ok({ manufacturer: null, model: 'Pi', serial: `SN-${number}`, source: 'dmi' }),
    interfaces: ok([observedLink({ name: 'eth0', mac: `d8:3a:dd:00:01:0${number}` })]),
    ...sections,
  });
  return { facts, target, way: { target }, as: 'evidence', acceptFacts: true, ...input };
}
const idOf = (number: number) => machine(number).facts.sections.machineId;
const names = () => inventory.devices.list({}).rows.map(({ name }) => name);
const add = (...machines: MachineToAdd[]) => inventory.addMachines({ machines, source: 'cli' });
const states = ({ results }: ReturnType<typeof add>) => results.map(({ state }) => state);

it('puts all machines of one command into one change set, which one undo takes back', () => {
  add(...Array.from({ length: 9 }, (_, index) => machine(index + 1)));
  expect(names()).toHaveLength(9);
  expect(db.history.list({ before: null, limit: 5 }).map(({ title }) => title)).toEqual([
    'Added 9 machines over SSH',
  ]);
  db.history.undo();
  expect(names()).toEqual([]);
  db.history.redo();
  expect(names()).toHaveLength(9);
});

it('says in the title what came of it', () => {
  const titles = () => db.history.list({ before: null, limit: 1 })[0]?.title;
  add(machine(1));
  expect(titles()).toBe('Added pi-1 over SSH');
  add(
    machine(1, {}, { kernel: ok({ name: 'Linux', release: '7', architecture: 'x' }) }),
    machine(2),
    machine(3),
  );
  expect(titles()).toBe('Added 2 machines and connected pi-1 over SSH');
});

it('leaves the others in when one fails, and nothing of that one', () => {
  const taken = machine(2, { name: 'PI-1' });
  const result = add(machine(1), taken, machine(3));
  expect(states(result)).toEqual(['added', 'failed', 'added']);
  expect(names()).toEqual(['pi-1', 'pi-3']);
  expect(inventory.identify(taken.facts, taken.way)).toEqual([]);
});

it('sees each beside those before it: one machine under two names is one device', () => {
  const alias = machine(1, { target: { host: 'pi-1.lan' }, way: { target: { host: 'pi-1.lan' } } });
  const { results } = add(machine(1), alias);
  expect(results).toMatchObject([{ known: false }, { known: true, name: 'pi-1' }]);
  expect(names()).toEqual(['pi-1']);
});

it('adds no clone without being told to', () => {
  const clone = machine(2, {}, { machineId: idOf(1) });
  const result = add(machine(1), clone, machine(3));
  expect(states(result)).toEqual(['added', 'unclear', 'added']);
  expect(result.results[1]).toMatchObject({
    error: {
      code: 'MACHINE_UNCLEAR',
      message: expect.stringContaining(
        '10.0.0.2 is. This looks like a clone of pi-1: the same machine id',
      ),
    },
  });
  expect(names()).toEqual(['pi-1', 'pi-3']);
  expect(states(add({ ...clone, as: 'new' }))).toEqual(['added']);
  expect(names()).toEqual(['pi-1', 'pi-2', 'pi-3']);
  // And each is known by itself from now on.
  expect(add(clone, machine(1)).results).toMatchObject([{ name: 'pi-2' }, { name: 'pi-1' }]);
});

it('writes nothing while something is unclear and somebody can be asked', () => {
  add(machine(1));
  const clone = machine(2, {}, { machineId: idOf(1) });
  const ask = (machines: MachineToAdd[]) =>
    inventory.addMachines({ machines, onlyWhenClear: true, source: 'cli' });
  expect(ask([machine(3), clone])).toMatchObject({ written: false });
  expect(names()).toEqual(['pi-1']);
  expect(ask([machine(3), { ...clone, as: 'new' }])).toMatchObject({ written: true });
  expect(names()).toEqual(['pi-1', 'pi-2', 'pi-3']);
});

it('records on the device that it was said to be, and declares nothing of it', () => {
  const { id } = inventory.devices.create({ name: 'plan', kind: 'sbc', model: 'Mine' });
  const { results } = add(machine(1, { as: { deviceId: id } }));
  expect(results).toMatchObject([{ state: 'added', deviceId: id, name: 'plan', known: true }]);
  expect(inventory.devices.get(id).device).toMatchObject({ model: 'Mine', serial: null });
  expect(inventory.devices.facts(id)).not.toBeNull();
});

it('finds a device by its name, in whatever case, or by its id', () => {
  const { id } = inventory.devices.create({ name: 'NAS', kind: 'nas' });
  expect(inventory.deviceNamed(' nas ').id).toBe(id);
  expect(inventory.deviceNamed(id).name).toBe('NAS');
  expect(() => inventory.deviceNamed('else')).toThrow(
    expect.objectContaining({ code: 'NOT_FOUND' }),
  );
});
