import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { builtInInterfaces, inNetworkOf, portCommandsTo, switchName } from './fabric.ts';
import type { NodeSpec } from './node-spec.ts';
import { isAlive, type ProcessMark, signalProcess } from './process-table.ts';
import { RackError } from './rack-error.ts';
import { scriptFile } from './scripts.ts';
import { makeCgroups, runsContainers } from './services/cgroups.ts';
import type { RackState } from './state.ts';

const startTimeoutMs = 30_000;

/** Marks every process outside the nodes that belongs to a rack, so that `down` finds it. */
export function rackMark(state: RackState): string {
  return `RACKHELM_RACK=${state.id}`;
}

/**
 * A node has its own mounts and process ids, but it is no prison: these capabilities would reach
 * this computer's clock, kernel and disks.
 */
function droppedCapabilities(spec: NodeSpec): string {
  const dropped = ['sys_time', 'sys_module', 'sys_rawio', 'syslog', 'wake_alarm', 'mac_admin'];
  // Whoever makes containers makes device nodes inside of them.
  if (!runsContainers(spec)) dropped.push('mknod');
  return dropped.map((name) => `-${name}`).join(',');
}

/** Boots a node and waits until its sshd listens. The disk of an earlier run is kept. */
export async function startNode(
  state: RackState,
  spec: NodeSpec,
  layers: readonly string[],
): Promise<void> {
  const directory = state.path('nodes', spec.name);
  const log = openSync(`${directory}/boot.log`, 'a', 0o600);
  writePowerFiles(directory, spec);
  const [nsenter, network] = inNetworkOf(state, spec.name);
  const args = [
    ...[network, 'sh', scriptFile('power.sh'), directory, state.networkNamespace(switchName)],
    ...[droppedCapabilities(spec), layers.join(':'), spec.name],
    ...(runsContainers(spec) ? makeCgroups(state, spec.name) : []),
  ];
  const child = spawn(nsenter, args, {
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log, 'pipe'],
    env: { PATH: process.env.PATH, RACKHELM_RACK: state.id },
  });
  closeSync(log);
  // stdio 3 is a pipe from the child, which Node gives as a duplex stream.
  const reports = child.stdio[3] as Readable;
  try {
    await waitUntilReady(state, spec, reports);
  } finally {
    reports.destroy();
    child.unref();
  }
}

/** What power.sh and boot.sh read at each boot, besides `network`; see up.ts. */
function writePowerFiles(directory: string, spec: NodeSpec): void {
  mkdirSync(`${directory}/power`, { recursive: true });
  writeFileSync(`${directory}/interfaces`, `${builtInInterfaces(spec).join(' ')}\n`);
  for (const to of ['up', 'down'] as const)
    writeFileSync(`${directory}/cables-${to}`, portCommandsTo(spec, to));
}

async function waitUntilReady(state: RackState, spec: NodeSpec, reports: Readable): Promise<void> {
  const timer = setTimeout(() => reports.destroy(), startTimeoutMs);
  reports.setEncoding('utf8');
  let text = '';
  try {
    for await (const chunk of reports) {
      text += chunk;
      if (outcomeOf(text).ready) break;
    }
  } catch (error) {
    // The time limit closes the pipe; the log below tells how far the node came.
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE'))
      throw error;
  } finally {
    clearTimeout(timer);
  }
  const { ready, failed } = outcomeOf(text);
  if (ready && failed.length === 0) return;
  throw new RackError(`The node ${spec.name} did not start: ${whyNot(state, spec.name, failed)}.`);
}

/** What init.sh says of a boot: `failed STEP` for each that failed, then `ready`. */
function outcomeOf(text: string): { readonly ready: boolean; readonly failed: readonly string[] } {
  const lines = text.split('\n').slice(0, -1);
  const failed = lines.filter((line) => line.startsWith('failed '));
  return { ready: lines.includes('ready'), failed: failed.map((line) => line.slice(7)) };
}

/** The steps that failed, and the last that the node's logs say. */
function whyNot(state: RackState, node: string, failed: readonly string[]): string {
  const said = ['boot.log', 'disk/upper/var/log/boot.log']
    .map((name) => state.path('nodes', node, name))
    .filter((log) => existsSync(log))
    .map((log) => readFileSync(log, 'utf8').trim());
  const last = said.join('\n').trim().split('\n').slice(-15).join(' | ');
  const parts = [...failed.map((step) => `${step} failed`), last];
  return parts.filter(Boolean).join(': ') || 'it did not answer in time';
}

/**
 * Presses the restart button and waits until the node is back. One that was switched off is switched
 * on; one that is away for a restart is waited for.
 */
export async function restartNode(state: RackState, node: string): Promise<void> {
  const before = initOf(state, node);
  if (before) signalProcess(before.pid, 'SIGTERM');
  rmSync(state.path('nodes', node, 'power/off'), { force: true });
  await waitForRestart(state, node, before);
}

/** Returns once the node runs, with another init than `before`. */
export async function waitForRestart(
  state: RackState,
  node: string,
  before: ProcessMark | null,
): Promise<void> {
  const giveUpAt = Date.now() + startTimeoutMs;
  const reports = state.path('nodes', node, 'reports');
  while (Date.now() < giveUpAt) {
    const init = initOf(state, node);
    // What fails then is the doing of whoever changed the node.
    if (init && init.pid !== before?.pid && existsSync(reports)) {
      if (outcomeOf(readFileSync(reports, 'utf8')).ready) return;
    }
    await sleep(20);
  }
  throw new RackError(`The node ${node} did not come back within ${startTimeoutMs / 1000} s.`);
}

/** The node's process 1 as this computer sees it, or null when the node is down. boot.sh writes it. */
export function initOf(state: RackState, node: string): ProcessMark | null {
  const mark = state.readJson<ProcessMark>(`nodes/${node}/init.json`);
  return mark && isAlive(mark) ? mark : null;
}

/** The start of a command line that runs inside the node as its root. */
export function insideNode(state: RackState, node: string): readonly [string, ...string[]] {
  const init = initOf(state, node);
  if (!init) throw new RackError(`The node ${node} is down.`);
  const namespaces = ['--mount', '--uts', '--ipc', '--net', '--pid'];
  // A kernel without them lets a node see this computer's time since boot.
  if (existsSync('/proc/self/ns/time')) namespaces.push('--time');
  return [
    'nsenter',
    `--target=${init.pid}`,
    ...namespaces,
    ...['env', '-i', 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
    ...['HOME=/root', 'USER=root', 'LANG=C.UTF-8', `TERM=${process.env.TERM ?? 'linux'}`],
  ];
}
