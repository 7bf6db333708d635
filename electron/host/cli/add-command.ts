import path from 'node:path';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { deviceFields } from '../../../shared/model/inventory.ts';
import type { Installation } from '../installation.ts';
import { createInventory, type Inventory } from '../inventory/index.ts';
import { concreteTarget } from '../onboarding/index.ts';
import { listConfiguredHosts } from '../ssh/index.ts';
import type { TargetOptions } from './options.ts';
import { print, printJson, tell } from './output.ts';
import { describeError, Exit, exitCodeOf, exitCodes } from './run-command.ts';
import { type MachineSession, withSession } from './session.ts';
import { parseTarget } from './target.ts';

/** How many machines are read at once. */
const atOnce = 8;

export interface AddOptions extends TargetOptions {
  readonly name?: string;
  readonly accept: boolean;
}

type Outcome =
  | {
      readonly host: string;
      readonly added: true;
      readonly name: string;
      readonly deviceId: string;
      readonly known: boolean;
    }
  | { readonly host: string; readonly added: false; readonly error: RackhelmError };

/** The machines that the command line means. */
async function chooseHosts(
  hosts: readonly string[],
  options: AddOptions,
): Promise<readonly string[]> {
  if (options.name !== undefined && hosts.length !== 1) {
    throw new RackhelmError('INVALID_INPUT', '--name goes with exactly one machine.', {
      hint: 'Name one machine, or leave --name out.',
    });
  }
  if (options.name !== undefined && !deviceFields.shape.name.safeParse(options.name).success) {
    throw new RackhelmError('INVALID_INPUT', 'That is no name for a device.', {
      hint: 'A name has 1 to 253 characters.',
    });
  }
  if (hosts.length > 0) return hosts;
  if (options.sshConfig === undefined) {
    throw new RackhelmError('INVALID_INPUT', 'No machine was named.', {
      hint: 'Name one or more hosts, or an --ssh-config file whose hosts are all to be added.',
    });
  }
  const configured = await listConfiguredHosts(path.resolve(options.sshConfig));
  if (configured.length > 0) return configured;
  throw new RackhelmError('SSH_CONFIG_INVALID', `${options.sshConfig} names no machine.`, {
    hint: 'Host lines with wildcards only are patterns, not machines.',
  });
}

async function addOne(
  host: string,
  options: AddOptions,
  session: MachineSession,
  inventory: Inventory,
): Promise<Outcome> {
  const asked = parseTarget(host, options);
  const reading = await inventory.readings.ofTarget(asked, 'command-line', () =>
    session.readMachine(asked, session),
  );
  const { facts } = reading;
  // The app will not read this file again, so what it said has to stand in the inventory.
  const target = options.sshConfig === undefined ? asked : concreteTarget(reading.resolved);
  const same = inventory.identify(facts, reading).find((match) => match.verdict === 'same');
  const suggestion = inventory.suggest(facts, target);
  const name = same?.deviceName ?? options.name ?? suggestion.name;
  const { deviceId } = inventory.addMachine({
    facts,
    target,
    way: reading,
    deviceId: same?.deviceId ?? null,
    name,
    kind: suggestion.kind,
    rackId: null,
    acceptFacts: options.accept && same === undefined,
    source: 'cli',
  });
  const { collectedAt: at, durationMs } = facts;
  inventory.readings.succeeded(deviceId, 'command-line', { at, durationMs });
  return { host, added: true, name, deviceId, known: same !== undefined };
}

/** Runs `work` for each item, at most `atOnce` at a time; results in the order of the items. */
async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results = new Map<number, R>();
  const entries = items.entries();
  const worker = async () => {
    for (const [index, item] of entries) results.set(index, await work(item));
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}

/** The other machines go on, and are reported, whatever happened to this one. */
function asOutcome(error: unknown): RackhelmError {
  if (error instanceof RackhelmError) return error;
  return new RackhelmError('INTERNAL', `Something went wrong inside Rackhelm: ${String(error)}`, {
    cause: error,
  });
}

function report(outcomes: readonly Outcome[], { json, name }: AddOptions): void {
  const [first] = outcomes;
  if (name !== undefined && first?.added && first.known && first.name !== name) {
    const known = `${first.host} is in the inventory already, as ${first.name}`;
    tell(`${known}: --name was left out. Rename it in the app.\n`);
  }
  if (json) {
    const plain = outcomes.map((outcome) =>
      outcome.added
        ? outcome
        : {
            host: outcome.host,
            added: false,
            code: outcome.error.code,
            message: outcome.error.message,
            hint: outcome.error.hint,
          },
    );
    printJson(plain);
    return;
  }
  for (const outcome of outcomes) {
    if (outcome.added) {
      print(`${outcome.known ? 'Updated' : 'Added'} ${outcome.name} (${outcome.host})\n`);
    } else tell(`${outcome.host || '""'}: ${describeError(outcome.error)}`);
  }
}

function exitCodeFor(outcomes: readonly Outcome[]): number {
  const failures = outcomes.filter((outcome) => !outcome.added);
  if (failures.some(({ error }) => error.code === 'SSH_CANCELLED')) return exitCodes.interrupted;
  const [first] = failures;
  if (first === undefined) return exitCodes.done;
  return failures.length < outcomes.length ? exitCodes.partly : exitCodeOf(first.error.code);
}

/**
 * `rackhelm add`: each machine is a change set of its own, so that one that fails leaves the others
 * in. A machine that the inventory already knows gets its facts recorded, nothing declared.
 */
export async function addMachines(
  installation: Installation,
  named: readonly string[],
  options: AddOptions,
): Promise<void> {
  const hosts = await chooseHosts(named, options);
  const outcomes = await withSession(installation, options, async (session) => {
    const inventory = createInventory(session.database);
    return inParallel(hosts, async (host): Promise<Outcome> => {
      try {
        return await addOne(host, options, session, inventory);
      } catch (error) {
        return { host, added: false, error: asOutcome(error) };
      }
    });
  });
  report(outcomes, options);
  const exitCode = exitCodeFor(outcomes);
  if (exitCode !== exitCodes.done) throw new Exit(exitCode);
}
