import type { CheckResult } from '../../../../shared/checks/check.ts';
import type { CheckEvent } from '../../../../shared/contract/checks.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { parseAddress } from '../../../../shared/network/address.ts';
import type { NodeRole } from '../../../../shared/onboarding/role.ts';
import type { Ask } from '../../connections/ssh/index.ts';
import type { Database } from '../../db/index.ts';
import type { Checks } from '../../engine/checks/index.ts';
import type { AskJob, Machine, Machines } from '../../engine/machines/index.ts';
import { EventQueue } from '../../event-queue.ts';
import type { Inventory } from '../../inventory/index.ts';
import { defaultCidrs } from './context.ts';
import { inventoryView } from './inventory-view.ts';
import type { MachineChecks } from './machine-checks.ts';
import { type PortMachine, tryPorts } from './ports/try-ports.ts';
import { defaultOutside, type NetworkConsent } from './raw.ts';

export interface RunChecks {
  readonly deviceIds: readonly string[];
  readonly role: NodeRole;
  readonly network: NetworkConsent;
  /** Also try the ports between them, which opens listeners on them for some seconds. */
  readonly ports: boolean;
  readonly cidrs?: readonly string[];
  /** Keeps and tells the results of this check alone. All come of one look at the machine. */
  readonly only?: string | undefined;
}

/** Checks of devices of the inventory, from a window or the command line. */
export interface DeviceChecks {
  /** Tells of each device as it is through; its results are kept. A device that fails stops no other. */
  run(input: RunChecks, signal: AbortSignal | undefined): AsyncGenerator<CheckEvent, void, void>;
}

export interface DeviceChecksOptions {
  readonly database: Database;
  readonly inventory: Pick<Inventory, 'sshTargetOf'>;
  readonly machines: Pick<Machines, 'look'>;
  readonly machineChecks: MachineChecks;
  readonly checks: Checks;
  /** The text of the script `ports`. */
  readonly portsScript: string;
  readonly ask: Ask;
  /** Whether a person is there. Default false. */
  readonly attended?: boolean;
  readonly report: (error: unknown) => void;
}

interface Reached {
  readonly deviceId: string;
  readonly name: string;
  readonly address: string;
  readonly machine: Machine & { release(): Promise<void> };
}

export function createDeviceChecks(options: DeviceChecksOptions): DeviceChecks {
  const { database, inventory, machines, machineChecks, checks, report } = options;

  async function reach(deviceId: string, signal: AbortSignal): Promise<Reached> {
    const name = nameOf(deviceId);
    const target = inventory.sshTargetOf(deviceId);
    const machine = await machines.look(target, {
      name,
      ask: withoutSudoQuestion(options.ask),
      signal,
      attended: options.attended ?? false,
    });
    return { deviceId, name, address: addressOf(deviceId, target.host), machine };
  }

  const nameOf = (deviceId: string) => database.tables.devices.get(deviceId)?.name ?? deviceId;
  /** The one by which it was reached is certainly its own. */
  const addressOf = (deviceId: string, host: string) =>
    parseAddress(host)
      ? host
      : (database.tables.devices.get(deviceId)?.primaryAddress?.replace(/\/.*$/, '') ?? host);

  async function checkOne(reached: Reached, input: RunChecks, signal: AbortSignal) {
    const { deviceId, name, machine } = reached;
    const results = await machineChecks.checkMachine(machine, {
      role: input.role,
      plan: {
        name: database.tables.devices.get(deviceId)?.hostname?.split('.')[0] ?? null,
        addresses: [],
        cidrs: input.cidrs ?? defaultCidrs,
      },
      network: input.network,
      outside: defaultOutside,
      subject: { id: deviceId, name },
      inventory: inventoryView(database, deviceId),
      signal,
    });
    const kept = results.filter(({ check }) => check === (input.only ?? check));
    checks.keep(kept);
    return kept;
  }

  async function work(input: RunChecks, queue: EventQueue<CheckEvent>, signal: AbortSignal) {
    const reached: Reached[] = [];
    const tell = (deviceId: string, results: CheckResult[]) =>
      queue.push({ type: 'checked', deviceId, name: nameOf(deviceId), results });
    const fail = (deviceId: string, error: unknown) => {
      const known = asKnown(error);
      if (known !== error) report(error);
      const { code, message, hint } = known;
      queue.push({ type: 'failed', deviceId, name: nameOf(deviceId), code, message, hint });
    };
    const one = async (deviceId: string) => {
      try {
        const each = await reach(deviceId, signal);
        reached.push(each);
        tell(deviceId, await checkOne(each, input, signal));
      } catch (error) {
        fail(deviceId, error);
      }
    };
    try {
      await Promise.all([...new Set(input.deviceIds)].map(one));
      if (input.ports && reached.length > 1 && !signal.aborted) {
        const results = await tryPorts(reached.map(portMachine(input.role)), {
          script: options.portsScript,
          signal,
        });
        checks.keep(results);
        for (const [deviceId, own] of Map.groupBy(results, ({ subject }) => subject.id)) {
          if (deviceId !== null) tell(deviceId, own);
        }
      }
    } finally {
      await Promise.all(reached.map(({ machine }) => machine.release()));
    }
  }

  return {
    async *run(input, left) {
      const stop = new AbortController();
      const signal = left ? AbortSignal.any([left, stop.signal]) : stop.signal;
      const queue = new EventQueue<CheckEvent>();
      const working = work(input, queue, signal)
        .catch(report)
        .finally(() => queue.close());
      try {
        yield* queue.read(signal);
      } finally {
        // Also where the caller left: what was started on the machines has ended before we have.
        stop.abort();
        await working;
      }
    },
  };
}

const portMachine =
  (role: NodeRole) =>
  ({ deviceId, name, address, machine }: Reached): PortMachine => ({
    machine,
    subject: { id: deviceId, name },
    role,
    address,
  });

/** Checks are looks: a sudo password that is not known already leaves out what only root may see. */
function withoutSudoQuestion(ask: Ask): AskJob {
  return async (question) => {
    if (question.kind === 'ssh') {
      const answer = await ask(question.question, AbortSignal.timeout(600_000));
      return { kind: 'ssh', answer };
    }
    throw new RackhelmError('ANSWER_NEEDED', 'sudo wants a password there, and nobody was asked.');
  };
}

function asKnown(error: unknown): RackhelmError {
  if (error instanceof RackhelmError) return error;
  return new RackhelmError('INTERNAL', 'Something went wrong inside Rackhelm.', { cause: error });
}
