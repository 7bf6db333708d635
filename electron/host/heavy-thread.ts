import type { ObservedInterface } from '../../shared/model/facts.ts';
import { openDatabase } from './db/index.ts';
import { type HeavyAsks, type HeavyInput, heavyTasks } from './heavy-tasks.ts';
import { createInventory } from './inventory/index.ts';
import { createProposals } from './proposals/index.ts';
import { serveThread } from './worker/index.ts';

/** Interfaces that came ahead of their facts, since a message of all would hold up the sender. */
let ahead: ObservedInterface[] = [];

function run({ dataDirectory, beside, name, input }: HeavyInput): unknown {
  const links = ahead;
  ahead = [];
  const database = openDatabase({ dataDirectory, beside });
  try {
    const inventory = createInventory(database);
    // Each change set also looks for what it shows that nobody declared.
    createProposals(database);
    return heavyTasks[name]({ database, inventory, links }, input);
  } finally {
    database.close();
  }
}

serveThread<HeavyAsks>({
  take: (links) => {
    ahead.push(...links);
    return undefined;
  },
  run,
});
