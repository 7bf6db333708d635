import { setTimeout as sleep } from 'node:timers/promises';
import type { GpuSample } from '../../../../shared/gpus/gpu-reading.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { createChecks } from '../../engine/checks/index.ts';
import { createGpus, type Gpus } from '../../gpus/index.ts';
import type { Installation } from '../../installation.ts';
import { createInventory } from '../../inventory/index.ts';
import { readRemoteScript } from '../../remote-script.ts';
import { checkInventory } from '../open-inventory.ts';
import { Exit, exitCodeOf, exitCodes } from '../run-command.ts';
import { type MachineSession, withSession } from '../session.ts';
import type { TargetOptions } from '../terminal/options.ts';
import { print, printJson, tell } from '../terminal/output.ts';
import { formatTable } from '../terminal/text-table.ts';
import { checkLine, evidenceOf } from './check-text.ts';
import { gpuText } from './gpu-text.ts';
import { identityOf } from './target.ts';

export interface GpuOptions extends TargetOptions {
  readonly watch?: true;
  readonly check?: true;
  readonly evidence?: true;
}

interface Machine {
  readonly id: string;
  readonly name: string;
}

/** `rackhelm gpus [DEVICE…]`. */
export async function showGpus(
  installation: Installation,
  named: readonly string[],
  options: GpuOptions,
): Promise<void> {
  if (options.watch && (options.check || options.json))
    throw new RackhelmError('INVALID_INPUT', '--watch goes with neither --check nor --json.');
  checkInventory(options.data);
  await withSession(installation, options, async (session) => {
    const { database, pool, ask, signal } = session;
    const inventory = createInventory(database);
    const gpus = createGpus({
      ...{ database, ask, attended: process.stdin.isTTY === true && process.stderr.isTTY === true },
      pool: async () => pool,
      targetOf: (id) => ({ ...inventory.sshTargetOf(id), ...identityOf(options) }),
      checks: createChecks({ store: database.checks }),
      script: readRemoteScript(installation.resourcesDirectory, 'gpus'),
      report: (error) => tell(`Something went wrong inside Rackhelm: ${String(error)}\n`),
    });
    const machines: readonly Machine[] =
      named.length > 0
        ? named.map((name) => inventory.deviceNamed(name))
        : gpus.machines().map(({ deviceId, name }) => ({ id: deviceId, name }));
    if (machines.length === 0)
      throw new RackhelmError('NOT_FOUND', 'No device of the inventory has a graphics processor.', {
        hint: 'Name one: rackhelm gpus DEVICE.',
      });
    try {
      const work = options.check ? check : options.watch ? watch : look;
      await work(gpus, machines, { options, signal });
    } finally {
      await gpus.close();
    }
  });
}

interface Work {
  readonly options: GpuOptions;
  readonly signal: MachineSession['signal'];
}

type Looked = Machine & ({ readonly sample: GpuSample } | { readonly error: RackhelmError });

async function lookAtAll(gpus: Gpus, machines: readonly Machine[], signal: AbortSignal) {
  return await Promise.all(
    machines.map(async ({ id, name }): Promise<Looked> => {
      try {
        return { id, name, sample: await gpus.look(id, signal) };
      } catch (error) {
        if (!(error instanceof RackhelmError)) throw error;
        return { id, name, error };
      }
    }),
  );
}

async function look(gpus: Gpus, machines: readonly Machine[], { options, signal }: Work) {
  const looked = await lookAtAll(gpus, machines, signal);
  if (options.json)
    printJson(
      looked.map(({ id, name, ...rest }) =>
        'sample' in rest
          ? { id, name, ...rest.sample }
          : { id, name, error: { code: rest.error.code, message: rest.error.message } },
      ),
    );
  else for (const each of looked) show(each);
  end(
    looked.flatMap((each) => ('error' in each ? [each.error] : [])),
    looked.length,
  );
}

function show(each: Looked): void {
  if ('sample' in each) print(gpuText(each.name, each.sample));
  else tell(`${each.name}: ${each.error.message}\n${each.error.hint}\n`);
}

async function watch(gpus: Gpus, machines: readonly Machine[], { signal }: Work) {
  while (!signal.aborted) {
    const begun = performance.now();
    for (const each of await lookAtAll(gpus, machines, signal)) if (!signal.aborted) show(each);
    const rest = Math.max(0, 1_000 - (performance.now() - begun));
    await sleep(rest, undefined, { signal }).catch(() => {}); // Interrupted, which is how it ends.
  }
  throw new Exit(exitCodes.interrupted);
}

async function check(gpus: Gpus, machines: readonly Machine[], { options, signal }: Work) {
  const errors: RackhelmError[] = [];
  const all = [];
  for (const { id, name } of machines) {
    try {
      const results = await gpus.check(id, signal);
      all.push({ id, name, results });
      if (options.json) continue;
      print(`${name}\n`);
      for (const result of results)
        print(formatTable([checkLine(result)]) + (options.evidence ? evidenceOf(result) : ''));
    } catch (error) {
      if (!(error instanceof RackhelmError)) throw error;
      errors.push(error);
      tell(`${name}: ${error.message}\n${error.hint}\n`);
    }
  }
  if (options.json) printJson(all);
  end(errors, machines.length);
  if (all.some(({ results }) => results.some(({ status }) => status === 'fail')))
    throw new Exit(exitCodes.found);
}

function end(errors: readonly RackhelmError[], of: number): void {
  const [first] = errors;
  if (first === undefined) return;
  throw new Exit(errors.length < of ? exitCodes.partly : exitCodeOf(first.code));
}
