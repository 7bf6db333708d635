import { readFile } from 'node:fs/promises';
import type {
  EngineIdentity,
  EngineTest,
  EngineWay,
  SavedEngine,
} from '../../../../shared/containers/engine.ts';
import { formatBytes } from '../../../../shared/model/amounts.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { Installation } from '../../installation.ts';
import { createInventory } from '../../inventory/index.ts';
import { Exit, exitCodes } from '../run-command.ts';
import { print, printJson, tell } from '../terminal/output.ts';
import { formatTable } from '../terminal/text-table.ts';
import {
  type ContainersSession,
  type EngineOptions,
  engineNamed,
  withContainers,
} from './containers-session.ts';

export interface EnginesOptions extends EngineOptions {
  readonly found?: true;
  readonly add?: string;
  readonly socket?: string;
  readonly local?: true | string;
  readonly dockerContext?: string;
  readonly tcp?: string;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly plain?: true;
  readonly device?: string;
  readonly name?: string;
  readonly test?: true | string;
  readonly rename?: string;
  readonly forget?: string;
}

/** `rackhelm containers engines`. */
export function runEngines(installation: Installation, options: EnginesOptions): Promise<void> {
  const { add, local, dockerContext, tcp, found, forget, rename } = options;
  const acts = [add, local, dockerContext, tcp, found, forget, rename];
  if (acts.filter((one) => one !== undefined).length > 1)
    throw new RackhelmError(
      'INVALID_INPUT',
      'One way to add, --found, --rename or --forget at a time.',
    );
  if (rename !== undefined && options.name === undefined)
    throw new RackhelmError('INVALID_INPUT', '--rename wants --name.');
  return withContainers(installation, options, (session) => run(session, options));
}

async function run(work: ContainersSession, options: EnginesOptions): Promise<void> {
  const { engines } = work.containers;
  if (options.found) return show(work, options);
  if (options.forget !== undefined) {
    const { id, name } = engineNamed(work.containers, options.forget);
    await engines.forget(id);
    if (options.json) printJson({ forgotten: id });
    else print(`${name} is forgotten.\n`);
    return;
  }
  if (options.rename !== undefined) {
    const { id, name } = engineNamed(work.containers, options.rename);
    engines.rename(id, nameOf(options) ?? name);
    if (options.json) printJson({ renamed: id, name: options.name });
    else print(`${name} is called ${options.name}.\n`);
    return;
  }
  const way = wayOf(work, options);
  if (way !== null) return add(work, { way, options });
  if (options.test !== undefined) {
    const wanted =
      options.test === true ? engines.list() : [engineNamed(work.containers, options.test)];
    return test(work, wanted, options);
  }
  const all = engines.list();
  if (options.json) printJson({ engines: all });
  else if (all.length === 0)
    tell('No engine is saved. --found shows what there is; --add DEVICE or --local saves one.\n');
  else print(enginesText(all));
}

const mostName = 200;

function nameOf({ name }: EnginesOptions): string | undefined {
  const called = name?.trim();
  if (called !== undefined && (called === '' || called.length > mostName))
    throw new RackhelmError('INVALID_INPUT', `A name has 1 to ${mostName} characters.`);
  return called;
}

function deviceId({ session }: ContainersSession, name: string): string {
  return createInventory(session.database).deviceNamed(name).id;
}

/** Null: none is to be added. */
function wayOf(work: ContainersSession, options: EnginesOptions): EngineWay | null {
  const { add: device, local, dockerContext, tcp, socket = null } = options;
  if (device !== undefined) return { kind: 'ssh', deviceId: deviceId(work, device), socket };
  if (local !== undefined) return { kind: 'socket', path: local === true ? null : local };
  if (dockerContext !== undefined) return { kind: 'context', name: dockerContext };
  if (tcp === undefined) return null;
  const url = URL.parse(`tcp://${tcp}`);
  if (url === null || url.port === '')
    throw new RackhelmError('INVALID_INPUT', 'Write it as HOST:PORT, such as gpu-1:2376.');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return { kind: 'tcp', host, port: Number(url.port), tls: options.plain !== true };
}

async function add(
  work: ContainersSession,
  { way, options }: { readonly way: EngineWay; readonly options: EnginesOptions },
): Promise<void> {
  const { engines } = work.containers;
  const name = nameOf(options);
  const identity = await identityOf(options);
  const saved = await engines.add({
    way,
    ...(name !== undefined && { name }),
    ...(options.device !== undefined && { deviceId: deviceId(work, options.device) }),
    ...(identity !== null && { identity }),
  });
  if (options.test !== undefined) return test(work, [saved], options);
  if (options.json) printJson({ engines: [saved] });
  else print(`${saved.name} is saved: ${saved.reached}.\n`);
}

async function identityOf({ ca, cert, key }: EnginesOptions): Promise<EngineIdentity | null> {
  const pem = async (file: string | undefined) =>
    file === undefined
      ? null
      : await readFile(file, 'utf8').catch((cause: unknown) => {
          throw new RackhelmError('INVALID_INPUT', `${file} cannot be read.`, { cause });
        });
  const identity = { ca: await pem(ca), cert: await pem(cert), key: await pem(key) };
  return Object.values(identity).every((one) => one === null) ? null : identity;
}

async function test(
  { containers, signal }: ContainersSession,
  wanted: readonly SavedEngine[],
  options: EnginesOptions,
): Promise<void> {
  const results = [];
  for (const { id, name } of wanted) {
    const result = await containers.engines.test(id, signal);
    results.push({ id, name, test: result });
    if (!options.json) print(testText(name, result));
  }
  if (options.json) printJson({ engines: results });
  if (results.some(({ test: { failure } }) => failure !== null)) throw new Exit(exitCodes.failed);
}

async function show({ containers }: ContainersSession, { json }: EnginesOptions): Promise<void> {
  const { contexts, sockets, devices } = await containers.engines.sources();
  if (json) {
    printJson({ contexts, sockets, devices });
    return;
  }
  const lines = [
    ...sockets.map(({ path, usable }) => [
      '--local',
      path,
      usable ? 'on this computer' : 'you may not use it',
    ]),
    ...contexts.map(({ name, endpoint, problem }) => [
      '--docker-context',
      name,
      problem ?? endpoint,
    ]),
    ...devices.map(({ name }) => ['--add', name, 'over SSH']),
  ];
  if (lines.length === 0) tell('There is no engine here, and no device with SSH.\n');
  else print(formatTable([['OPTION', 'WHICH', 'WHERE'], ...lines]));
}

function enginesText(all: readonly SavedEngine[]): string {
  const lines = all.map(({ name, device, reached, test: last }) => [
    name,
    device?.name ?? '',
    last === null ? 'not tried' : last.failure === null ? 'works' : last.failure.message,
    last?.facts === null || last === null ? '' : `${last.facts.product} ${last.facts.version}`,
    reached,
  ]);
  return formatTable([['NAME', 'DEVICE', 'LAST TEST', 'ENGINE', 'REACHED'], ...lines]);
}

function testText(name: string, { failure, way, facts }: EngineTest): string {
  if (failure !== null) return `${name}: ${failure.message}\n${failure.hint}\n`;
  if (facts === null) return `${name} answers, ${way}.\n`;
  const lines = [
    `${name} works, ${way}.`,
    `  ${facts.product} ${facts.version}, API ${facts.apiVersion}, ${facts.rootless ? 'rootless, ' : ''}${facts.storageDriver}`,
    `  ${facts.system}, ${facts.architecture}, ${facts.cpus} processors, ${formatBytes(facts.memoryBytes)}`,
    `  ${facts.containers} containers, ${facts.images} images`,
    ...facts.warnings.map((warning) => `  It warns: ${warning}`),
  ];
  return `${lines.join('\n')}\n`;
}
