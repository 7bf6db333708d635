import path from 'node:path';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { Facts } from '../../../../shared/model/facts.ts';
import { nameFault } from '../../../../shared/model/name.ts';
import { listConfiguredHosts } from '../../connections/ssh/index.ts';
import type { Installation } from '../../installation.ts';
import {
  type AddedMachine,
  createInventory,
  type Inventory,
  type MachineToAdd,
} from '../../inventory/index.ts';
import { concreteTarget } from '../../onboarding/index.ts';
import { describeError, Exit, exitCodeOf, exitCodes, hintOf } from '../run-command.ts';
import { type MachineSession, withSession } from '../session.ts';
import type { TargetOptions } from '../terminal/options.ts';
import { print, printJson, tell } from '../terminal/output.ts';
import { parseTarget } from './target.ts';

/** How many machines are read at once. */
const atOnce = 8;

export interface AddOptions extends TargetOptions {
  readonly name?: string;
  /** Name or id of the device that the machine is. */
  readonly as?: string;
  readonly new?: true;
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
  if (options.name !== undefined && nameFault(options.name) !== null) {
    throw new RackhelmError('INVALID_INPUT', 'That is no name for a device.', {
      hint: nameFault(options.name) ?? 'Choose another name.',
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

interface ReadHost {
  readonly host: string;
  readonly machine: MachineToAdd;
}

async function readOne(
  host: string,
  options: AddOptions,
  session: MachineSession,
  inventory: Inventory,
): Promise<ReadHost> {
  const asked = parseTarget(host, options);
  const reading = await inventory.readings.ofTarget(asked, 'command-line', () =>
    session.readMachine(asked, session),
  );
  // The app will not read this file again, so what it said has to stand in the inventory.
  const target = options.sshConfig === undefined ? asked : concreteTarget(reading.resolved);
  const { name, accept: acceptFacts } = options;
  const { facts } = reading;
  return { host, machine: { facts, target, way: reading, as: 'evidence', name, acceptFacts } };
}

/**
 * Puts what was read into the inventory as one change set. Where a machine is unclear and somebody is
 * there to ask, nothing is written before the last answer.
 */
async function addAll(
  read: readonly ReadHost[],
  inventory: Inventory,
  session: MachineSession,
): Promise<readonly Outcome[]> {
  const machines = new Map(read.map(({ host, machine }, index) => [index, { host, machine }]));
  const leftOut = new Map<number, RackhelmError>();
  for (;;) {
    const wanted = [...machines].filter(([index]) => !leftOut.has(index));
    const { results, written } = inventory.addMachines({
      machines: wanted.map(([, { machine }]) => machine),
      onlyWhenClear: session.choose !== null,
      source: 'cli',
    });
    const outcome = new Map(wanted.map(([index], at) => [index, results[at]]));
    const open = [...outcome].find(([, result]) => result?.state === 'unclear');
    if (written || !open) {
      return read.map(({ host, machine }, index) => {
        const result = outcome.get(index);
        if (result?.state === 'added') noteReading(inventory, result.deviceId, machine.facts);
        return outcomeOf(host, result, leftOut.get(index));
      });
    }
    const [index, result] = open;
    const one = machines.get(index);
    if (!one || result?.state !== 'unclear' || !session.choose) continue;
    const chosen = await session.choose(
      { host: one.host, matches: result.matches },
      session.signal,
    );
    if (chosen === null) leftOut.set(index, result.error);
    else machines.set(index, { ...one, machine: { ...one.machine, as: chosen } });
  }
}

function noteReading(inventory: Inventory, deviceId: string, facts: Facts): void {
  const { collectedAt: at, durationMs } = facts;
  inventory.readings.succeeded(deviceId, 'command-line', { at, durationMs });
}

function outcomeOf(
  host: string,
  result: AddedMachine | undefined,
  leftOut: RackhelmError | undefined,
): Outcome {
  if (result?.state === 'added') {
    const { name, deviceId, known } = result;
    return { host, added: true, name, deviceId, known };
  }
  const error = leftOut ?? result?.error ?? new RackhelmError('INTERNAL', 'It was not added.');
  return { host, added: false, error };
}

/** Where the machines belong as the options say it; `--as` names one device. */
function whereTo(options: AddOptions, hosts: readonly string[], inventory: Inventory) {
  if (options.as === undefined) return options.new ? 'new' : 'evidence';
  if (options.new || hosts.length !== 1) {
    const what = options.new ? '--new' : 'several machines';
    throw new RackhelmError('INVALID_INPUT', `--as does not go with ${what}.`, {
      hint: '--as goes with exactly one machine, and says which device it is.',
    });
  }
  return { deviceId: inventory.deviceNamed(options.as).id };
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
            hint: hintOf(outcome.error),
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
 * `rackhelm add`: all machines of one command are one change set, and one that fails leaves the others
 * in. A machine that the inventory already knows gets its facts recorded, nothing declared. One of
 * which that is unclear is asked about; without a terminal it is left out, with a word of what to say.
 */
export async function addMachines(
  installation: Installation,
  named: readonly string[],
  options: AddOptions,
): Promise<void> {
  const hosts = await chooseHosts(named, options);
  const outcomes = await withSession(installation, options, async (session) => {
    const inventory = createInventory(session.database);
    const as = whereTo(options, hosts, inventory);
    const attempts = await inParallel(hosts, async (host): Promise<ReadHost | Outcome> => {
      try {
        const { machine } = await readOne(host, options, session, inventory);
        return { host, machine: { ...machine, as } };
      } catch (error) {
        return { host, added: false, error: asOutcome(error) };
      }
    });
    const read = attempts.filter((attempt) => 'machine' in attempt);
    const added = (await addAll(read, inventory, session)).values();
    return attempts.map((one): Outcome => ('machine' in one ? nextOf(added) : one));
  });
  report(outcomes, options);
  const exitCode = exitCodeFor(outcomes);
  if (exitCode !== exitCodes.done) throw new Exit(exitCode);
}

function nextOf(outcomes: Iterator<Outcome>): Outcome {
  const next = outcomes.next();
  if (next.done) throw new RackhelmError('INTERNAL', 'A machine was lost on the way.');
  return next.value;
}
