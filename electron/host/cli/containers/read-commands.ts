import type { ContainerPage } from '../../../../shared/containers/container-page.ts';
import { portText } from '../../../../shared/containers/ports.ts';
import type { ContainerSample } from '../../../../shared/containers/stats.ts';
import { formatBytes } from '../../../../shared/model/amounts.ts';
import { newId } from '../../db/index.ts';
import type { Installation } from '../../installation.ts';
import { Exit, exitCodes } from '../run-command.ts';
import { print, printBytes, printJson, tell } from '../terminal/output.ts';
import { showLog } from '../terminal/shown-log.ts';
import { formatTable } from '../terminal/text-table.ts';
import {
  type ContainersSession,
  type EngineOptions,
  engineNamed,
  withContainers,
} from './containers-session.ts';

/** `rackhelm containers show NAME`. */
export function showContainer(
  installation: Installation,
  container: string,
  options: EngineOptions,
): Promise<void> {
  return withContainers(installation, options, async ({ containers, signal }) => {
    const { id: engineId } = engineNamed(containers, options.engine);
    const page = await containers.pages.page({ engineId, container }, signal);
    if (options.json) printJson(page);
    else print(pageText(page));
  });
}

function pageText(page: ContainerPage): string {
  const { row, image, project, health, limits } = page;
  const at = (time: number | null) => (time === null ? '' : new Date(time).toISOString());
  const fields: [string, string][] = [
    ['State', [row.status.label, row.status.why].filter((part) => part !== null).join(': ')],
    ['Image', image.name],
    ['Command', page.command],
    ['Started', at(page.startedAt)],
    ['Ended', page.ended === null ? '' : `${at(page.finishedAt)}, ${page.ended}`],
    ['Restarted', `${page.restartPolicy}; ${page.restarts} times so far`],
    ['Project', project === null ? '' : [project.name, project.folder].join(', ')],
    ['Ports', page.ports.map(portText).join(', ')],
    ['Networks', page.networks.map(({ name, address }) => `${name} ${address}`.trim()).join(', ')],
    ['Health', health === null ? '' : `${health.state}: ${health.test}`],
    ['Memory', limits.memoryBytes === null ? 'no limit' : formatBytes(limits.memoryBytes)],
    ['GPUs', page.gpus ?? ''],
    ...page.mounts.map(({ kind, source, destination, readOnly }): [string, string] => [
      'Mount',
      `${destination} from ${kind} ${source}${readOnly ? ', read-only' : ''}`,
    ]),
    ...page.environment.map(({ name, value }): [string, string] => [
      'Variable',
      `${name}=${value ?? '(hidden)'}`,
    ]),
  ];
  const lines = fields.filter(([, value]) => value !== '');
  const notes = page.notes.map(({ level, text }) => `${level === 'warn' ? '!' : ' '} ${text}\n`);
  return `${row.name}\n${formatTable(lines)}${notes.join('')}`;
}

export interface LogsOptions extends EngineOptions {
  readonly follow?: true;
  readonly project?: string;
  readonly search?: string;
  readonly tail: number;
  /** Seconds. */
  readonly since?: number;
  readonly timestamps?: true;
}

/** Of each container; all together are bounded as well. */
const mostLines = 10_000;

/** `rackhelm containers logs NAME…`. */
export function showLogs(
  installation: Installation,
  names: readonly string[],
  options: LogsOptions,
): Promise<void> {
  return withContainers(installation, options, async ({ containers, signal }) => {
    const { id: engineId } = engineNamed(containers, options.engine);
    const { search = '', project = null, tail, since = null, follow = false } = options;
    const id = newId();
    const asked = {
      ...{ id, engineId, containers: names, project, search, follow },
      ...{ tail: Math.min(tail, mostLines), sinceSeconds: since },
    };
    const followed = containers.logs.follow(asked, signal);
    const none = 'There is no such container.';
    await showLog(containers.logs, followed, { id, search, options, none });
  });
}

export interface ExecOptions extends EngineOptions {
  readonly stdin?: true;
  readonly user?: string;
}

/** Of what is printed as JSON. */
const mostBytes = 16 * 1024 * 1024;

/** `rackhelm containers exec NAME -- COMMAND`. */
export function execInContainer(
  installation: Installation,
  asked: { readonly name: string; readonly command: readonly string[] },
  options: ExecOptions,
): Promise<void> {
  return withContainers(installation, options, async ({ containers, signal }) => {
    const { id: engineId } = engineNamed(containers, options.engine);
    const { name, command } = asked;
    const stdin = options.stdin === true;
    const exec = await containers.openExec({
      ...{ engineId, container: name, command, stdin, tty: false, signal },
      user: options.user,
    });
    if (stdin) void feed(exec);
    const texts = { out: '', err: '' };
    for await (const { stream, data } of exec.output) {
      if (options.json) texts[stream] = (texts[stream] + data.toString('utf8')).slice(0, mostBytes);
      else await printBytes(data, stream);
    }
    const { code } = await exec.ended;
    if (options.json) printJson({ code, stdout: texts.out, stderr: texts.err });
    if (code !== 0) throw new Exit(code ?? exitCodes.failed);
  });
}

type Exec = Awaited<ReturnType<ContainersSession['containers']['openExec']>>;

async function feed(exec: Exec): Promise<void> {
  try {
    for await (const data of process.stdin) await exec.write(Buffer.from(data));
    exec.closeStdin();
  } catch {
    // It has ended, and reads no more.
  }
}

const mostMeasured = 30;

/** `rackhelm containers stats [NAME…]`: what each took in the last second. */
export function showStats(
  installation: Installation,
  names: readonly string[],
  options: EngineOptions,
): Promise<void> {
  return withContainers(installation, options, async ({ containers, signal }) => {
    const { id: engineId } = engineNamed(containers, options.engine);
    const all = await containers.live.containers(engineId, signal);
    const running = all.filter(({ listed }) => listed.State === 'running');
    const wanted = names.length > 0 ? names : running.map(({ row }) => row.name);
    const measured = wanted.slice(0, mostMeasured);
    const samples = await Promise.all(
      measured.map(async (container) => ({
        name: container,
        sample: await oneSample(containers, { engineId, container }, signal),
      })),
    );
    if (options.json) printJson({ containers: samples });
    else if (samples.length === 0) tell('No container runs.\n');
    else print(statsText(samples));
    if (wanted.length > measured.length)
      tell(`${wanted.length - measured.length} more are not measured; name those that matter.\n`);
  });
}

/** Null: it does not run. */
async function oneSample(
  { stats }: ContainersSession['containers'],
  which: { readonly engineId: string; readonly container: string },
  signal: AbortSignal,
): Promise<ContainerSample | null> {
  for await (const event of stats.follow(which, signal)) {
    if (event.type === 'trouble' && event.why !== null) return null;
    const sample = event.type === 'trouble' ? undefined : event.samples.at(-1);
    if (sample !== undefined) return sample;
  }
  return null;
}

function statsText(
  samples: readonly { readonly name: string; readonly sample: ContainerSample | null }[],
): string {
  const rate = (bytes: number) => `${formatBytes(bytes)}/s`;
  const lines = samples.map(({ name, sample }) =>
    sample === null
      ? [name, 'does not run']
      : [
          ...[name, sample.cpu.toFixed(2), formatBytes(sample.memoryBytes)],
          ...[rate(sample.received), rate(sample.sent), rate(sample.read), rate(sample.written)],
          String(sample.pids),
        ],
  );
  const head = ['NAME', 'CORES', 'MEMORY', 'RECEIVED', 'SENT', 'READ', 'WRITTEN', 'PIDS'];
  return formatTable([head, ...lines]);
}
