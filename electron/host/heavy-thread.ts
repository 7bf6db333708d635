import { createAnnotations } from './annotations/index.ts';
import { openDatabase } from './db/index.ts';
import { FactsParcel } from './facts-parcel.ts';
import { factsIn, type HeavyAsks, type HeavyInput, heavyTasks } from './heavy-tasks.ts';
import { createInventory } from './inventory/index.ts';
import { createProposals } from './proposals/index.ts';
import { serveThread } from './worker/index.ts';

let parcel = new FactsParcel();

function run({ dataDirectory, beside, name, input }: HeavyInput): unknown {
  const arrived = parcel;
  parcel = new FactsParcel();
  const database = openDatabase({ dataDirectory, beside });
  try {
    const inventory = createInventory(database);
    // Each change set also looks for what it shows that nobody declared.
    const proposals = createProposals(database);
    const facts = factsIn(input);
    const whole = facts ? { ...(input as object), facts: arrived.whole(facts) } : input; // it holds facts
    const annotations = createAnnotations(database);
    return heavyTasks[name]({ database, inventory, annotations, proposals }, whole);
  } finally {
    database.close();
  }
}

serveThread<HeavyAsks>({
  take: (piece) => {
    parcel.add(piece);
    return undefined;
  },
  run,
});
