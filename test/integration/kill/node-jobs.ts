import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { type Database, openDatabase } from '../../../electron/host/db/index.ts';
import {
  createJobs,
  type JobKind,
  type Jobs,
  type WantedLane,
} from '../../../electron/host/engine/jobs/index.ts';
import type { Rack } from '../../rack/index.ts';
import { inputOf, kindOnNodes, type NodeScenario } from './node-scenario.ts';

/** Where a job of the kill test stands: its data here, its node there. */
export interface NodePlace {
  readonly root: string;
  readonly rack: Rack;
  readonly scenario: NodeScenario;
}

export interface OpenNodeJobs {
  readonly database: Database;
  readonly jobs: Jobs;
  close(): Promise<void>;
}

export function openNodeJobs(
  { root, rack, scenario }: NodePlace,
  change: (kind: JobKind) => JobKind = (kind) => kind,
  onKept = () => {},
): OpenNodeJobs {
  const home = join(root, 'home');
  mkdirSync(home, { recursive: true });
  const database = openDatabase({ dataDirectory: join(root, 'data') });
  const jobs = createJobs({
    database,
    // The job then fails as one does in the app; a throw here would leave it as running for good.
    report: (error) => void process.stderr.write(`${inspect(error)}\n`),
  });
  const isOver = (id: string) => jobs.isOver(id);
  const { kind, close } = kindOnNodes(database, { rack, scenario, home, isOver, onKept });
  jobs.register(change(kind));
  return {
    database,
    jobs,
    async close() {
      await jobs.close();
      await close();
      database.close();
    },
  };
}

export async function startNodeJob(
  { jobs }: OpenNodeJobs,
  { scenario, rack }: NodePlace,
  lanes: readonly WantedLane[],
): Promise<string> {
  const { signal } = new AbortController();
  const input = inputOf(scenario, rack);
  const plan = await jobs.prepare('onboarding', lanes, {
    input,
    signal,
    attended: false,
    ask: () => Promise.reject(new Error('Nothing is asked.')),
    log: () => {},
  });
  const { name: title } = scenario;
  const request = { kind: 'onboarding', title, plan, input, by: 'cli', attended: false } as const;
  return (await jobs.start(request)).id;
}
