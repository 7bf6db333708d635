import type { CheckEvent } from '../../../../shared/contract/checks.ts';
import { formatCount } from '../../../../shared/model/amounts.ts';
import { isErrorCode, RackhelmError } from '../../../../shared/model/errors.ts';
import type { NodeRole } from '../../../../shared/onboarding/role.ts';
import { createChecks } from '../../engine/checks/index.ts';
import { createMachines } from '../../engine/machines/index.ts';
import type { Installation } from '../../installation.ts';
import { createInventory } from '../../inventory/index.ts';
import { createDeviceChecks, createMachineChecks } from '../../onboarding/index.ts';
import { readRemoteScript } from '../../remote-script.ts';
import { checkInventory } from '../open-inventory.ts';
import { Exit, exitCodeOf, exitCodes } from '../run-command.ts';
import { type MachineSession, withSession } from '../session.ts';
import type { DataOption } from '../terminal/options.ts';
import { print, printJson, tell } from '../terminal/output.ts';
import { formatTable } from '../terminal/text-table.ts';
import { checkLine, evidenceOf } from './check-text.ts';
import { identityOf } from './target.ts';

export interface CheckOptions extends DataOption {
  readonly role: NodeRole;
  readonly network: 'none' | 'gateway' | 'outside';
  readonly ports?: true;
  readonly group?: readonly string[];
  readonly all?: true;
  readonly evidence?: true;
  readonly identity?: string;
  readonly sshConfig?: string;
  readonly acceptNewHostKey?: true;
  readonly passphraseFile?: string;
  /** Seconds for connecting to each device. */
  readonly timeout: number;
  readonly json?: true;
}

/** As many as a window takes at once. */
const mostDevices = 16;

/** `rackhelm check DEVICE…`: looks, keeps what was found, and changes nothing but for `--ports`. */
export async function checkDevices(
  installation: Installation,
  named: readonly string[],
  options: CheckOptions,
): Promise<void> {
  if (named.length > mostDevices) {
    throw new RackhelmError('INVALID_INPUT', `At most ${mostDevices} devices at once.`);
  }
  checkInventory(options.data);
  const events = await withSession(installation, options, (session) =>
    run(installation, { named, options, session }),
  );
  if (options.json) printJson(events);
  const exitCode = exitCodeFor(events);
  if (exitCode !== exitCodes.done) throw new Exit(exitCode);
}

interface Work {
  readonly named: readonly string[];
  readonly options: CheckOptions;
  readonly session: MachineSession;
}

async function run(
  { resourcesDirectory }: Installation,
  { named, options, session }: Work,
): Promise<readonly CheckEvent[]> {
  const { database, signal, pool, ask, rememberedSudo } = session;
  const report = (error: unknown) =>
    tell(`Something went wrong inside Rackhelm: ${String(error)}\n`);
  const inventory = createInventory(database);
  const deviceIds = named.map((name) => inventory.deviceNamed(name).id);
  const deviceChecks = createDeviceChecks({
    database,
    // The key of the command line before the one that is on record.
    inventory: { sshTargetOf: (id) => ({ ...inventory.sshTargetOf(id), ...identityOf(options) }) },
    machines: createMachines({ pool: async () => pool, rememberedSudo }),
    machineChecks: createMachineChecks({
      script: readRemoteScript(resourcesDirectory, 'preflight'),
      report,
    }),
    checks: createChecks({ store: database.checks }),
    portsScript: readRemoteScript(resourcesDirectory, 'ports'),
    ask,
    attended: process.stdin.isTTY === true && process.stderr.isTTY === true,
    report,
  });
  const { role, network, ports = false } = options;
  const events: CheckEvent[] = [];
  for await (const event of deviceChecks.run({ deviceIds, role, network, ports }, signal)) {
    const shown = onlyGroups(event, options.group);
    events.push(shown);
    if (!options.json) show(shown, options);
  }
  if (signal.aborted) throw new Exit(exitCodes.interrupted);
  return events;
}

function onlyGroups(event: CheckEvent, groups: readonly string[] | undefined): CheckEvent {
  if (event.type === 'failed' || groups === undefined) return event;
  const wanted = new Set(groups.map((group) => group.toLowerCase()));
  const results = event.results.filter(({ group }) => wanted.has(group.toLowerCase()));
  return { ...event, results };
}

function show(event: CheckEvent, { all, evidence }: CheckOptions): void {
  if (event.type === 'failed') {
    tell(`${event.name}: ${event.message}\n${event.hint}\n`);
    return;
  }
  const { name, results } = event;
  const shown = results.filter(
    ({ status }) => all || (status !== 'pass' && status !== 'not-applicable'),
  );
  const passed = results.filter(({ status }) => status === 'pass').length;
  print(`${name}: ${formatCount(results.length, 'result')}, ${passed} passed.\n`);
  if (!evidence) {
    print(formatTable(shown.map(checkLine)));
    return;
  }
  for (const result of shown) print(formatTable([checkLine(result)]) + evidenceOf(result));
}

/** A machine that could not be reached weighs more than a check that failed. */
function exitCodeFor(events: readonly CheckEvent[]): number {
  const failed = events.filter((event) => event.type === 'failed');
  const [first] = failed;
  if (first !== undefined) {
    if (failed.length < events.length) return exitCodes.partly;
    return isErrorCode(first.code) ? exitCodeOf(first.code) : exitCodes.failed;
  }
  const bad = events.some(
    (event) => event.type === 'checked' && event.results.some(({ status }) => status === 'fail'),
  );
  return bad ? exitCodes.found : exitCodes.done;
}
