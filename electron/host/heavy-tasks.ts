import type { Facts, ObservedInterface } from '../../shared/model/facts.ts';
import type { Database } from './db/index.ts';
import type { Inventory } from './inventory/index.ts';

/** What a task works with, on its thread. */
interface Bench {
  readonly database: Database;
  readonly inventory: Inventory;
  /** Interfaces that the facts of the input lack; see heavy-work.ts. */
  readonly links: readonly ObservedInterface[];
}

type Devices = Inventory['devices'];

/** What may take long, by name; each is one change set at most. */
export interface HeavyTasks {
  addMachine: [input: Parameters<Inventory['addMachine']>[0], output: Added];
  recordFacts: [input: Parameters<Inventory['recordFacts']>[0], output: Recorded];
  accept: [input: Parameters<Devices['accept']>[0], output: ReturnType<Devices['accept']>];
  keepMine: [input: Parameters<Devices['keepMine']>[0], output: ReturnType<Devices['keepMine']>];
  update: [input: Parameters<Devices['update']>[0], output: ReturnType<Devices['update']>];
  tag: [input: Parameters<Devices['tag']>[0], output: ReturnType<Devices['tag']>];
  remove: [input: Parameters<Devices['remove']>[0], output: ReturnType<Devices['remove']>];
  compare: [input: Parameters<Devices['compare']>[0], output: ReturnType<Devices['compare']>];
  undo: [input: Shown, output: ReturnType<Database['history']['undo']>];
  redo: [input: Shown, output: ReturnType<Database['history']['redo']>];
}

type Added = ReturnType<Inventory['addMachine']>;
type Recorded = ReturnType<Inventory['recordFacts']>;
type Shown = Parameters<Database['history']['undo']>[0];

export type HeavyName = keyof HeavyTasks;

export interface HeavyInput {
  readonly dataDirectory: string;
  /** Which file it must be; see OpenOptions. */
  readonly beside: string;
  readonly name: HeavyName;
  readonly input: unknown;
}

export type HeavyAsks = {
  take: { input: readonly ObservedInterface[]; output: undefined; part: never };
  run: { input: HeavyInput; output: unknown; part: never };
};

const tasks = {
  addMachine: ({ inventory, links }, input) =>
    inventory.addMachine({ ...input, facts: whole(input.facts, links) }),
  recordFacts: ({ inventory, links }, input) =>
    inventory.recordFacts({ ...input, facts: whole(input.facts, links) }),
  accept: ({ inventory }, input) => inventory.devices.accept(input),
  keepMine: ({ inventory }, input) => inventory.devices.keepMine(input),
  update: ({ inventory }, input) => inventory.devices.update(input),
  tag: ({ inventory }, input) => inventory.devices.tag(input),
  remove: ({ inventory }, input) => inventory.devices.remove(input),
  compare: ({ inventory }, input) => inventory.devices.compare(input),
  undo: ({ database }, input) => database.history.undo(input),
  redo: ({ database }, input) => database.history.redo(input),
} satisfies { [N in HeavyName]: (bench: Bench, input: HeavyTasks[N][0]) => HeavyTasks[N][1] };

/** The name says which input it is, which a call by name cannot tell TypeScript. */
export const heavyTasks = tasks as Readonly<
  Record<HeavyName, (bench: Bench, input: unknown) => unknown>
>;

function whole(facts: Facts, links: readonly ObservedInterface[]): Facts {
  const { interfaces } = facts.sections;
  if (links.length === 0 || interfaces.status !== 'ok') return facts;
  return {
    ...facts,
    sections: { ...facts.sections, interfaces: { ...interfaces, data: [...links] } },
  };
}
