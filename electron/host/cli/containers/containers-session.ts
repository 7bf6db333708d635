import type { SavedEngine } from '../../../../shared/containers/engine.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { type Containers, createContainers } from '../../containers/index.ts';
import { createJobs, type Jobs } from '../../engine/jobs/index.ts';
import type { Installation } from '../../installation.ts';
import { createInventory } from '../../inventory/index.ts';
import { readRemoteScript } from '../../remote-script.ts';
import { Exit, exitCodes } from '../run-command.ts';
import { type MachineSession, withSession } from '../session.ts';
import type { TargetOptions } from '../terminal/options.ts';
import { tell } from '../terminal/output.ts';

export interface EngineOptions extends Omit<TargetOptions, 'timeout'> {
  /** By name or id; the only one where none is named. */
  readonly engine?: string;
  readonly timeout?: number;
}

export interface ContainersSession {
  readonly containers: Containers;
  readonly jobs: Jobs;
  readonly session: MachineSession;
  readonly signal: AbortSignal;
}

const report = (error: unknown) => tell(`Something went wrong inside Rackhelm: ${String(error)}\n`);

/** One command that speaks with engines. */
export async function withContainers(
  installation: Installation,
  options: EngineOptions,
  act: (session: ContainersSession) => Promise<void>,
): Promise<void> {
  const timeout = options.timeout ?? 15;
  await withSession(installation, { ...options, timeout }, async (session) => {
    const { database, pool, secrets, ask, answering, signal } = session;
    const jobs = createJobs({ database, report });
    const containers = createContainers({
      ...{ db: database, secrets, jobs, report, inventory: createInventory(database) },
      pool: async () => pool,
      ask: answering(ask),
      socketScript: readRemoteScript(installation.resourcesDirectory, 'engineSockets'),
    });
    try {
      await jobs.adopt({ resume: false });
      await act({ containers, jobs, session, signal });
    } finally {
      await jobs.close();
      await containers.close();
    }
    if (signal.aborted) throw new Exit(exitCodes.interrupted);
  });
}

/** By its id, its name or the name of its device; the only one where none is named. */
export function engineNamed(
  { engines }: Pick<Containers, 'engines'>,
  wanted: string | undefined,
): SavedEngine {
  const all = engines.list();
  const fitting = all.filter(
    ({ id, name, device }) => wanted === undefined || [id, name, device?.name].includes(wanted),
  );
  const [only, other] = fitting;
  if (only !== undefined && other === undefined) return only;
  if (wanted === undefined) {
    throw new RackhelmError(
      'INVALID_INPUT',
      only === undefined ? 'No container engine is known yet.' : 'Several engines are known.',
      {
        hint:
          only === undefined
            ? 'rackhelm containers engines --add DEVICE saves how one is reached.'
            : '--engine says which one; rackhelm containers engines lists them.',
      },
    );
  }
  throw new RackhelmError(
    only === undefined ? 'NOT_FOUND' : 'INVALID_INPUT',
    only === undefined ? `There is no engine ${wanted}.` : `Several engines are called ${wanted}.`,
    { hint: 'rackhelm containers engines lists them with their ids.' },
  );
}
