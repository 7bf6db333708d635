import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createAnnotations } from '../annotations/index.ts';
import { createChecks } from '../engine/checks/index.ts';
import { createJobs, type Jobs } from '../engine/jobs/index.ts';
import { createMachines } from '../engine/machines/index.ts';
import type { Installation } from '../installation.ts';
import { createInventory, type Inventory } from '../inventory/index.ts';
import {
  type Attempts,
  createAttempts,
  createOnboarding,
  type Onboarding,
  recordHere,
  userPublicKey,
} from '../onboarding/index.ts';
import { readRemoteScript } from '../remote-script.ts';
import { tell } from './output.ts';
import type { MachineSession } from './session.ts';

export interface OnboardSession {
  readonly inventory: Inventory;
  readonly attempts: Attempts;
  readonly jobs: Jobs;
  readonly onboarding: Onboarding;
}

type MachineServices = Pick<MachineSession, 'database' | 'pool' | 'readMachine'> &
  Partial<Pick<MachineSession, 'rememberedSudo' | 'appKeys'>>;

/** The same services as a window has, over the connections of one command. */
export async function withOnboarding<T>(
  { resourcesDirectory }: Pick<Installation, 'resourcesDirectory'>,
  { database, pool, readMachine, rememberedSudo, appKeys }: MachineServices,
  work: (session: OnboardSession) => Promise<T>,
): Promise<T> {
  const report = (error: unknown) =>
    tell(`Something went wrong inside Rackhelm: ${String(error)}\n`);
  const inventory = createInventory(database);
  const jobs = createJobs({ database, report });
  const attempts = createAttempts({ inventory, readMachine, report });
  try {
    const onboarding = createOnboarding({
      ...{ db: database, inventory, attempts, jobs, report },
      annotations: createAnnotations(database),
      checks: createChecks({ store: database.checks }),
      machines: createMachines({
        pool: async () => pool,
        isOver: (id) => jobs.isOver(id),
        ...(rememberedSudo && { rememberedSudo }),
      }),
      pool: async () => pool,
      scripts: {
        facts: readRemoteScript(resourcesDirectory, 'facts'),
        preflight: readRemoteScript(resourcesDirectory, 'preflight'),
        ports: readRemoteScript(resourcesDirectory, 'ports'),
      },
      font: () => readFileSync(path.join(resourcesDirectory, 'fonts', 'DejaVuSans.ttf')),
      userKey: userPublicKey,
      ...(appKeys && { appKeys }),
      ...recordHere(database, inventory),
    });
    return await work({ inventory, attempts, jobs, onboarding });
  } finally {
    await jobs.close();
  }
}
