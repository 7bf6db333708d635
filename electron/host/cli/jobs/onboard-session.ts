import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createAnnotations } from '../../annotations/index.ts';
import { type Contexts, createJoining } from '../../cluster/index.ts';
import { createChecks } from '../../engine/checks/index.ts';
import { createJobs, type Jobs } from '../../engine/jobs/index.ts';
import { createMachines } from '../../engine/machines/index.ts';
import type { Installation } from '../../installation.ts';
import { createInventory, type Inventory } from '../../inventory/index.ts';
import {
  type Attempts,
  createAttempts,
  createOnboarding,
  type Onboarding,
  userPublicKey,
} from '../../onboarding/index.ts';
import { onboardingWork } from '../../onboarding-work.ts';
import { readRemoteScript } from '../../remote-script.ts';
import { openHeavyWork } from '../command-heavy.ts';
import type { MachineSession } from '../session.ts';
import { tell } from '../terminal/output.ts';

export interface OnboardSession {
  readonly inventory: Inventory;
  readonly attempts: Attempts;
  readonly jobs: Jobs;
  readonly onboarding: Onboarding;
}

type MachineServices = Pick<MachineSession, 'database' | 'pool' | 'readMachine'> &
  Partial<Pick<MachineSession, 'rememberedSudo' | 'appKeys'>> & {
    /** Ways to clusters; absent: nothing joins one. */
    readonly contexts?: Pick<Contexts, 'clientOf' | 'authorityOf'>;
  };

const report = (error: unknown) => tell(`Something went wrong inside Rackhelm: ${String(error)}\n`);

/** The same services as a window has, over the connections of one command. */
export async function withOnboarding<T>(
  installation: Pick<Installation, 'resourcesDirectory'>,
  services: MachineServices,
  work: (session: OnboardSession) => Promise<T>,
): Promise<T> {
  const { database, readMachine, appKeys, contexts } = services;
  const inventory = createInventory(database);
  const jobs = createJobs({ database, report });
  const attempts = createAttempts({ inventory, readMachine, report });
  const heavy = openHeavyWork(database, inventory);
  try {
    const parts = { inventory, jobs, attempts };
    const reach = machineNeeds(services, jobs);
    const { machines } = reach;
    const joining =
      contexts && createJoining({ ...contexts, db: database, machines, inventory, jobs });
    const onboarding = createOnboarding({
      ...{ ...parts, ...onboardingWork(heavy), report },
      ...reach,
      ...(joining && { joining }),
      ...resources(installation),
      db: database,
      annotations: createAnnotations(database),
      checks: createChecks({ store: database.checks }),
      userKey: userPublicKey,
      ...(appKeys && { appKeys }),
    });
    return await work({ ...parts, onboarding });
  } finally {
    await jobs.close();
    await heavy.close();
  }
}

function machineNeeds({ pool, rememberedSudo }: MachineServices, jobs: Jobs) {
  const machines = createMachines({
    pool: async () => pool,
    isOver: (id) => jobs.isOver(id),
    ...(rememberedSudo && { rememberedSudo }),
  });
  return { machines, pool: async () => pool };
}

function resources({ resourcesDirectory }: Pick<Installation, 'resourcesDirectory'>) {
  return {
    scripts: {
      facts: readRemoteScript(resourcesDirectory, 'facts'),
      preflight: readRemoteScript(resourcesDirectory, 'preflight'),
      ports: readRemoteScript(resourcesDirectory, 'ports'),
    },
    font: () => readFileSync(path.join(resourcesDirectory, 'fonts', 'DejaVuSans.ttf')),
  };
}
