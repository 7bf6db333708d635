import type { SshPool } from '../../../electron/host/connections/ssh/index.ts';
import { createSshPool } from '../../../electron/host/connections/ssh/pool.ts';
import type { Database } from '../../../electron/host/db/index.ts';
import type { JobKind, WantedLane } from '../../../electron/host/engine/jobs/index.ts';
import { createMachines, SudoMemory } from '../../../electron/host/engine/machines/index.ts';
import { findInstallation } from '../../../electron/host/installation.ts';
import { createInventory } from '../../../electron/host/inventory/index.ts';
import type { OnboardingInput } from '../../../electron/host/onboarding/jobs/onboarding-input.ts';
import { onboardingKind } from '../../../electron/host/onboarding/jobs/onboarding-kind.ts';
import { Reached } from '../../../electron/host/onboarding/jobs/reached.ts';
import { retireDevicePhase } from '../../../electron/host/onboarding/off-boarding/retire-device.ts';
import {
  createKeyLogin,
  onboardingPhases,
} from '../../../electron/host/onboarding/phases/index.ts';
import { createNetworkAddressPhase } from '../../../electron/host/onboarding/phases/network/index.ts';
import { recordDevicePhase } from '../../../electron/host/onboarding/record/index.ts';
import { workHere } from '../../../electron/host/onboarding/trial/work-here.ts';
import { readRemoteScript } from '../../../electron/host/remote-script.ts';
import type { AccountName, Node, Rack } from '../../rack/index.ts';
import { directTarget } from '../rack/login.ts';
import { machineBehind } from './deadly.ts';
import { joinPhasesOn } from './k3s-phases.ts';

/** A phase of an onboarding on one node of the rack, which is to stand as it does not yet. */
export interface NodeScenario {
  readonly name: string;
  readonly node: string;
  readonly user: AccountName;
  readonly phase: string;
  params(rack: Rack, database: Database): Promise<Record<string, unknown>>;
  /** Where the machine is at the end; default: where it was. */
  movesTo?(rack: Rack): string;
  /** Makes the node and the inventory such that there is something to do. */
  prepare?(rack: Rack, database: Database): Promise<void>;
  /** Files that are made by chance, so that only their being there is compared. */
  readonly byChance?: RegExp;
  /** What is never the same twice while it stands, and so is not compared then. */
  readonly unsteady?: RegExp;
  /** It cannot be taken back: this brings about again what was before it. */
  again?(rack: Rack): Promise<void>;
}

export const deviceId = '0190a000-0000-7000-8000-00000000d001';
export const token = '0190a000-0000-7000-8000-00000000d002';
/** Enough for a new login on a computer that has much else to do. */
const trialSeconds = 30;

/** One lane with one step, as a draft would want it. */
export async function lanesOf(
  scenario: NodeScenario,
  rack: Rack,
  database: Database,
): Promise<WantedLane[]> {
  const { phase, node } = scenario;
  const params = await scenario.params(rack, database);
  return [{ lane: node, title: node, deviceId: null, phases: [{ phase, params }] }];
}

export function inputOf(scenario: NodeScenario, rack: Rack): OnboardingInput {
  const { node, user } = scenario;
  const elsewhere = scenario.movesTo?.(rack);
  const about = { address: node, role: null, place: null, addresses: [], says: null, facts: null };
  return {
    draftId: null,
    machines: {
      [node]: {
        name: node,
        deviceId,
        target: targetOf(rack.node(node), rack, user),
        hosts: elsewhere === undefined ? [] : [elsewhere],
        check: {
          role: 'worker',
          plan: { name: null, addresses: [], cidrs: [] },
          network: 'none',
        },
        about,
      },
    },
  };
}

export function targetOf(node: Node, rack: Rack, user: AccountName) {
  return directTarget(node, rack.account(user));
}

interface Setting {
  readonly rack: Rack;
  readonly scenario: NodeScenario;
  readonly home: string;
  readonly isOver: (jobId: string) => boolean;
  /** What stands between the jobs and their connections. */
  readonly hurry?: (pool: SshPool) => SshPool;
  /** Told when keys were kept: the connection that writes them syncs, unlike the journal's entries. */
  readonly onKept?: () => void;
}

/** The kind of job that onboards, as the host registers it, over connections of its own. */
export function kindOnNodes(
  database: Database,
  { rack, scenario, home, isOver, onKept, hurry = (pool) => pool }: Setting,
): { readonly kind: JobKind; close(): Promise<void> } {
  const pool = hurry(createSshPool({ hostKeys: database.hostKeys, home, environment: {} }));
  const machines = createMachines({
    pool: async () => pool,
    owner: { host: 'desk', user: 'ada' },
    isOver,
  });
  const reached = new Reached();
  const { identityFile } = rack.account(scenario.user);
  const mending = onboardingPhases({
    tryKeyLogin: createKeyLogin({
      pool: async () => pool,
      targetOf: (machine) => reached.targetOf(machineBehind(machine)),
      keyFileOf: async () => identityFile,
    }),
    expectHostKeys: async (machine, keys) => {
      await reached.expect(database, machineBehind(machine), keys);
      onKept?.();
    },
    packageWaiting: { boundMs: 10_000, stepMs: 100 },
  });
  const { resourcesDirectory } = findInstallation(import.meta.dirname);
  const here = workHere(database, createInventory(database));
  const kind = onboardingKind({
    machines,
    reached,
    sudo: new SudoMemory(),
    phases: [
      ...mending.filter(({ id }) => id !== 'network-address'),
      createNetworkAddressPhase({ seconds: trialSeconds }),
      recordDevicePhase({
        reachedAt: (machine) => reached.hostOf(machine),
        db: database,
        ...here,
        factsScript: readRemoteScript(resourcesDirectory, 'facts'),
      }),
      retireDevicePhase({ db: database, ...here }),
      ...joinPhasesOn(rack),
    ],
    reportOf: () => 'A report.',
  });
  return { kind, close: () => pool.close() };
}
