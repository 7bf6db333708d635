import type { SavedContext } from '../../../../shared/cluster/contexts.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import {
  type ClusterWork,
  type Contexts,
  createClusterWork,
  createContexts,
} from '../../cluster/index.ts';
import { createJobs, type Jobs } from '../../engine/jobs/index.ts';
import { createMachines } from '../../engine/machines/index.ts';
import type { Installation } from '../../installation.ts';
import { createInventory } from '../../inventory/index.ts';
import { createRecords } from '../../records/index.ts';
import { type MachineSession, withSession } from '../session.ts';
import type { TargetOptions } from '../terminal/options.ts';
import { tell } from '../terminal/output.ts';

/** Ways to clusters over the connections of one command; to be closed. */
export function openContexts(
  { version }: Pick<Installation, 'version'>,
  session: MachineSession,
): Contexts {
  const { database, pool, secrets, rememberedSudo, ask, answering } = session;
  const records = createRecords(database);
  return createContexts({
    ...{ db: database, secrets, inventory: createInventory(database), version },
    machines: createMachines({ pool: async () => pool, rememberedSudo }),
    pool: async () => pool,
    ask: answering(ask),
    addCluster: (values) => records.create({ kind: 'cluster', values }, 'cli'),
  });
}

/** What is done to clusters, as a window has it; its kinds of jobs are registered. */
export function openClusterWork(
  { database: db, pool, rememberedSudo }: MachineSession,
  { clientOf, serverOf, authorityOf }: Pick<Contexts, 'clientOf' | 'serverOf' | 'authorityOf'>,
  jobs: Jobs,
): ClusterWork {
  const inventory = createInventory(db);
  return createClusterWork({
    ...{ db, clientOf, serverOf, authorityOf, jobs },
    machines: createMachines({
      pool: async () => pool,
      rememberedSudo,
      isOver: (id) => jobs.isOver(id),
    }),
    targetOf: (deviceId) => inventory.sshTargetOf(deviceId),
    revert: async (id) => db.history.revert(id),
  });
}

const report = (error: unknown) => tell(`Something went wrong inside Rackhelm: ${String(error)}\n`);

export interface ClusterSession {
  readonly contextId: string;
  readonly work: ClusterWork;
  readonly jobs: Jobs;
  readonly session: MachineSession;
}

export interface ClusterOptions extends Omit<TargetOptions, 'timeout'> {
  readonly context?: string;
}

/** One command that works on a cluster and runs its jobs in this process. */
export async function withCluster(
  installation: Installation,
  options: ClusterOptions,
  act: (cluster: ClusterSession) => Promise<void>,
): Promise<void> {
  await withSession(installation, { ...options, timeout: 15 }, async (session) => {
    const contexts = openContexts(installation, session);
    const jobs = createJobs({ database: session.database, report });
    try {
      const work = openClusterWork(session, contexts, jobs);
      await jobs.adopt({ resume: false });
      const { id: contextId } = contextNamed(contexts, options.context);
      await act({ contextId, work, jobs, session });
    } finally {
      await jobs.close();
      contexts.close();
    }
  });
}

/** By its id, its name or the name of its cluster; the only one where none is named. */
export function contextNamed(
  contexts: Pick<Contexts, 'list'>,
  wanted: string | undefined,
): SavedContext {
  const all = contexts.list();
  const fitting = all.filter(
    ({ id, name, cluster }) => wanted === undefined || [id, name, cluster.name].includes(wanted),
  );
  const [only, other] = fitting;
  if (only !== undefined && other === undefined) return only;
  if (wanted === undefined) {
    throw new RackhelmError(
      'INVALID_INPUT',
      only === undefined ? 'No cluster is known yet.' : 'Several clusters are known.',
      {
        hint:
          only === undefined
            ? 'rackhelm cluster contexts --add FILE saves how one is reached.'
            : '--context says which one; rackhelm cluster contexts lists them.',
      },
    );
  }
  throw new RackhelmError(
    only === undefined ? 'NOT_FOUND' : 'INVALID_INPUT',
    only === undefined
      ? `There is no context ${wanted}.`
      : `Several contexts are called ${wanted}.`,
    { hint: 'rackhelm cluster contexts lists them with their ids.' },
  );
}
