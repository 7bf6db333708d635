import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JobKind, WantedLane } from '../../../electron/host/engine/jobs/index.ts';
import { createInventory } from '../../../electron/host/inventory/index.ts';
import { DirectoryMachine } from './directory-machine.ts';
import { createRecordPhase, filePhase, pairPhase, registerPhase } from './file-phases.ts';
import type { Place, Scenario } from './scenario.ts';

const lanes: readonly WantedLane[] = [
  {
    lane: 'one',
    title: 'one',
    deviceId: null,
    phases: [
      { phase: 'file', params: { path: 'hostname', text: 'pi-1\n' } },
      { phase: 'register', params: { path: 'register', line: 'pi-1' } },
      { phase: 'pair', params: { first: 'a.conf', second: 'b.conf' } },
    ],
  },
  {
    lane: 'two',
    title: 'two',
    deviceId: null,
    after: ['one'],
    phases: [
      { phase: 'file', params: { path: 'new', text: 'new\n' } },
      { phase: 'record', params: { name: 'two' } },
    ],
  },
];

const files: Scenario = {
  name: 'files',
  async prepare({ machines }) {
    for (const name of ['one', 'two']) mkdirSync(join(machines, name), { recursive: true });
    writeFileSync(join(machines, 'one', 'hostname'), 'debian\n');
    writeFileSync(join(machines, 'one', 'register'), 'nas\n');
  },
  kind({ database, machines }): JobKind {
    return {
      kind: 'files',
      version: 1,
      phases: [filePhase, registerPhase, pairPhase, createRecordPhase(database)],
      afterCrash: 'ask',
      open: async ({ lane }) => new DirectoryMachine(lane, join(machines, lane)),
    };
  },
  lanes,
  truth: async (place) => ({ ...filesOf(place), ...devicesOf(place) }),
};

function filesOf({ machines }: Place): Record<string, string> {
  const names = ['one', 'two'].flatMap((machine) =>
    readdirSync(join(machines, machine)).map((name) => `${machine}/${name}`),
  );
  return Object.fromEntries(
    names.sort().map((name) => [name, readFileSync(join(machines, name), 'utf8')]),
  );
}

function devicesOf({ database }: Place): Record<string, string> {
  const { rows } = createInventory(database).devices.list({});
  return { inventory: rows.map(({ name }) => name).join(' ') };
}

/** Every job that the kill test goes through. */
export const scenarios: readonly Scenario[] = [files];
