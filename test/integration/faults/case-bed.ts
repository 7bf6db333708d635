import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Database, openDatabase } from '../../../electron/host/db/index.ts';
import type { JobPage } from '../../../shared/jobs/job.ts';
import type { Rack } from '../../rack/index.ts';
import type { NodePlace } from '../kill/node-jobs.ts';
import { inputOf, lanesOf, type NodeScenario } from '../kill/node-scenario.ts';
import { differences, diskOf, inventoryOf, type NodeTruth, stateOf } from '../kill/node-truth.ts';
import { type HastyJobs, openHastyJobs } from './hasty-jobs.ts';

/** Beyond what every limit together allows: it hangs. */
const hangsMs = 180_000;
const never = new AbortController().signal;

/** A phase and the node that it is tried on. */
export interface PhasePlace {
  readonly rack: Rack;
  readonly scenario: NodeScenario;
  readonly scratch: string;
}

/** Jobs with data of their own, on a node that was made ready. */
export interface Bed extends NodePlace {
  readonly open: HastyJobs;
}

export async function makeBed(
  { rack, scenario, scratch }: PhasePlace,
  name: string,
  change: Parameters<typeof openHastyJobs>[1],
): Promise<Bed> {
  const root = join(scratch, `${scenario.phase}-${name}`);
  cpSync(emptyData(scratch, rack), join(root, 'data'), { recursive: true });
  const database = openDatabase({ dataDirectory: join(root, 'data') });
  // What an earlier case may have left is told by that one, and not by all after it.
  await rack.node(scenario.node).exec('rm -rf /var/lib/rackhelm');
  await scenario.prepare?.(rack, database);
  database.close();
  const place = { root, rack, scenario };
  return { ...place, open: openHastyJobs(place, change) };
}

export async function closeBed({ open, root }: Bed): Promise<void> {
  await open.close();
  rmSync(root, { recursive: true, force: true });
}

/** Made once, since that takes longer than many a case. */
function emptyData(scratch: string, rack: Rack): string {
  const dataDirectory = join(scratch, 'empty');
  if (existsSync(dataDirectory)) return dataDirectory;
  const database = openDatabase({ dataDirectory });
  knowKeys(database, rack);
  database.close();
  return dataDirectory;
}

/** As the rack was made with them. */
function knowKeys({ hostKeys }: Database, rack: Rack): void {
  for (const line of readFileSync(rack.knownHostsFile, 'utf8').trim().split('\n')) {
    const [hosts = '', type = '', blob = ''] = line.split(' ');
    for (const host of hosts.split(',')) {
      hostKeys.record({ host, type, blob, seenAt: 0 }, { replace: false });
    }
  }
}

export async function start({ open, rack, scenario }: Bed) {
  const { jobs, database } = open;
  const input = inputOf(scenario, rack);
  const plan = await jobs.prepare('onboarding', await lanesOf(scenario, rack, database), {
    input,
    signal: never,
    attended: false,
    ask: () => Promise.reject(new Error('Nothing is asked.')),
    log: () => {},
  });
  const title = scenario.name;
  const request = { kind: 'onboarding', title, plan, input, by: 'cli', attended: false } as const;
  const items = plan.lanes.flatMap(({ phases }) => phases.flatMap((phase) => phase.items));
  return { id: (await jobs.start(request)).id, items };
}

export async function truthOf({ rack, scenario, open }: Bed): Promise<NodeTruth> {
  const { node } = scenario;
  const truth = new Map([
    ...diskOf(rack, node),
    ...(await stateOf(rack, node)),
    ...inventoryOf(open.database),
  ]);
  // A restart that was waited for cannot be taken back.
  truth.delete('state waits');
  return truth;
}

/** Services and sessions that end take a moment for it. */
export async function differs(bed: Bed, from: NodeTruth, byChance?: RegExp): Promise<string[]> {
  let left: string[] = [];
  for (let tries = 0; tries < 60; tries += 1) {
    left = differences(from, await truthOf(bed), byChance);
    if (left.length === 0) return left;
    await pause(200);
  }
  return left;
}

/** Throws where it takes longer than it may. */
export async function ended({ open }: Bed, id: string): Promise<JobPage> {
  const late = AbortSignal.timeout(hangsMs);
  const page = await open.jobs.ended(id, late).catch((error: unknown) => error);
  if (!late.aborted && !(page instanceof Error)) return open.jobs.get(id);
  throw new Error(`It hangs: ${JSON.stringify(open.jobs.get(id).state)}`);
}
