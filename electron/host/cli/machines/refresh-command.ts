import { formatCount } from '../../../../shared/model/amounts.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { Ask } from '../../connections/ssh/index.ts';
import type { ReadableDevice, ReadingScope } from '../../db/index.ts';
import type { Installation } from '../../installation.ts';
import { createInventory, type Inventory } from '../../inventory/index.ts';
import {
  createRefresher,
  type RefreshResult,
  resultText,
  unattended,
} from '../../readings/index.ts';
import { checkInventory } from '../open-inventory.ts';
import { describeError, Exit, exitCodeOf, exitCodes } from '../run-command.ts';
import { type MachineSession, withSession } from '../session.ts';
import type { DataOption } from '../terminal/options.ts';
import { print, printJson, tell } from '../terminal/output.ts';

export interface RefreshOptions extends DataOption {
  readonly all?: true;
  readonly rack?: string;
  readonly acceptNewHostKey?: true;
  readonly passphraseFile?: string;
  readonly remember?: true;
  /** Seconds for each device. */
  readonly timeout: number;
  readonly json?: true;
}

/**
 * `rackhelm refresh`: reads devices of the inventory again. One that is named alone may ask on the
 * terminal; many never ask, so that a timer can run it.
 */
export async function refreshDevices(
  installation: Installation,
  named: readonly string[],
  options: RefreshOptions,
): Promise<void> {
  checkChoice(named, options);
  checkInventory(options.data);
  const results = await withSession(installation, options, (session) => {
    const inventory = createInventory(session.database);
    const scope = scopeOf(named, options, session, inventory);
    return readAll(scope, { named, options, session, inventory });
  });
  report(results, options);
  const exitCode = exitCodeFor(results, named.length > 0);
  if (exitCode !== exitCodes.done) throw new Exit(exitCode);
}

function checkChoice(named: readonly string[], { all, rack }: RefreshOptions): void {
  const ways = [named.length > 0, all === true, rack !== undefined].filter(Boolean).length;
  if (ways === 1) return;
  const message =
    ways === 0 ? 'No device was named.' : 'Devices, --all and --rack exclude each other.';
  throw new RackhelmError('INVALID_INPUT', message, {
    hint: 'Name devices of the inventory, or give --all or --rack NAME.',
  });
}

/** Throws NOT_FOUND for a name that nothing has, INVALID_INPUT for a rack that is not the only one. */
function scopeOf(
  named: readonly string[],
  { rack }: RefreshOptions,
  { database }: MachineSession,
  inventory: Inventory,
): ReadingScope {
  if (named.length > 0) {
    return {
      ids: named.map((name) => {
        const id = database.tables.devices.idByName(name);
        if (id !== undefined) return id;
        if (database.tables.devices.exists(name)) return name;
        throw new RackhelmError('NOT_FOUND', `No device is called ${name}.`, {
          hint: 'rackhelm devices lists them; rackhelm add puts in a new one.',
        });
      }),
    };
  }
  if (rack === undefined) return { all: true };
  const wanted = rack.toLowerCase();
  const racks = inventory
    .racks()
    .filter(({ name, siteName }) =>
      [name, `${siteName}/${name}`].some((each) => each.toLowerCase() === wanted),
    );
  const [only] = racks;
  if (only !== undefined && racks.length === 1) return { rackId: only.id };
  if (only === undefined) {
    throw new RackhelmError('NOT_FOUND', `No rack is called ${rack}.`, {
      hint: 'Write its name as the app shows it, or SITE/RACK.',
    });
  }
  throw new RackhelmError('INVALID_INPUT', `${racks.length} racks are called ${rack}.`, {
    hint: `Write one of: ${racks.map(({ siteName, name }) => `${siteName}/${name}`).join(', ')}.`,
  });
}

interface Work {
  readonly named: readonly string[];
  readonly options: RefreshOptions;
  readonly session: MachineSession;
  readonly inventory: Inventory;
}

async function readAll(
  scope: ReadingScope,
  { named, options, session, inventory }: Work,
): Promise<readonly RefreshResult[]> {
  const devices: readonly ReadableDevice[] = session.database.readings.devices(scope);
  const readable = devices.filter(({ sshHost }) => sshHost !== null && sshHost !== '');
  if (readable.length === 0) {
    throw new RackhelmError('NOT_FOUND', 'None of these devices has an SSH host to connect to.', {
      hint: 'Name the SSH host of a device in the app, or add a machine with rackhelm add.',
    });
  }
  const { refresh } = createRefresher({
    inventory,
    readMachine: session.readMachine,
    report: (error) => tell(`Something went wrong inside Rackhelm: ${String(error)}\n`),
  });
  return refresh(devices, {
    source: 'command-line',
    ...(named.length === 1
      ? { ask: session.ask }
      : { ask: session.answering(withoutPerson(options)), attended: false }),
    signal: session.signal,
    timeoutMs: session.timeoutMs,
    ...(options.json ? {} : { onResult: tellResult }),
  });
}

/** Nobody is asked; a new host key is taken only where the command line says so. */
function withoutPerson({ acceptNewHostKey }: RefreshOptions): Ask {
  return async (question, signal) =>
    question.kind === 'unknown-host-key' && acceptNewHostKey
      ? { kind: 'host-key', accept: true }
      : unattended(question, signal);
}

/** As soon as each is through: a long list shows that it gets on. */
function tellResult(result: RefreshResult): void {
  switch (result.state) {
    case 'read': {
      const { differences } = result;
      print(
        `Read ${result.name}${differences === 0 ? '' : `, ${formatCount(differences, 'difference')}`}\n`,
      );
      return;
    }
    case 'failed':
      tell(`${result.name}: ${describeError(result.error)}`);
      return;
    case 'skipped':
      tell(`${result.name}: left out. ${result.reason}\n`);
      return;
    case 'cancelled':
      return;
  }
}

function report(results: readonly RefreshResult[], { json }: RefreshOptions): void {
  if (!json) {
    if (results.length > 1) tell(`${resultText(results)}\n`);
    return;
  }
  printJson(
    results.map((result) => {
      if (result.state !== 'failed') return result;
      const { error, ...rest } = result;
      return { ...rest, code: error.code, message: error.message, hint: error.hint };
    }),
  );
}

/** A device that was named and cannot be read counts as failed; of a whole rack it is left out. */
function exitCodeFor(results: readonly RefreshResult[], named: boolean): number {
  if (results.some(({ state }) => state === 'cancelled')) return exitCodes.interrupted;
  const failed = results.filter(
    ({ state }) => state === 'failed' || (named && state === 'skipped'),
  );
  const [first] = failed;
  if (first === undefined) return exitCodes.done;
  if (results.some(({ state }) => state === 'read')) return exitCodes.partly;
  return first.state === 'failed' ? exitCodeOf(first.error.code) : exitCodes.machine;
}
