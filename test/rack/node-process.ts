import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { inNetworkOf } from './fabric.ts';
import { isAlive, markProcess, type ProcessMark } from './process-table.ts';
import type { NodeSpec } from './profiles.ts';
import { RackError } from './rack-error.ts';
import { scriptFile } from './scripts.ts';
import { makeCgroups } from './services/docker.ts';
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
  // Docker makes device nodes inside its containers.
  if (!spec.services.includes('docker')) dropped.push('mknod');
  return dropped.map((name) => `-${name}`).join(',');
}

/** Writes itself to the files up to `--`, then becomes the rest of its arguments. */
const joinCgroups =
  'while [ "$1" != -- ]; do echo $$ >"$1" || exit 1; shift; done; shift; exec "$@"';

/** Boots a node and waits until its sshd listens. The disk of an earlier run is kept. */
export async function startNode(
  state: RackState,
  spec: NodeSpec,
  layers: readonly string[],
): Promise<void> {
  const directory = state.path('nodes', spec.name);
  const log = openSync(state.path('nodes', spec.name, 'boot.log'), 'a', 0o600);
  const [nsenter, network] = inNetworkOf(state, spec.name);
  const docker = spec.services.includes('docker');
  const args = [
    network,
    ...(docker ? ['sh', '-c', joinCgroups, 'sh', ...makeCgroups(state, spec.name), '--'] : []),
    ...['unshare', '--mount', '--uts', '--ipc', '--pid', '--fork', '--kill-child'],
    ...(docker ? ['--cgroup'] : []),
    ...['setpriv', `--bounding-set=${droppedCapabilities(spec)}`],
    ...['sh', scriptFile('boot.sh'), directory, layers.join(':'), spec.name],
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

async function waitUntilReady(state: RackState, spec: NodeSpec, reports: Readable): Promise<void> {
  const failed: string[] = [];
  let ready = false;
  const timer = setTimeout(() => reports.destroy(), startTimeoutMs);
  reports.setEncoding('utf8');
  let text = '';
  try {
    for await (const chunk of reports) {
      text += chunk;
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      for (const line of lines) {
        const [word, rest] = line.split(' ');
        if (word === 'pid') rememberInit(state, spec.name, Number(rest));
        if (word === 'failed') failed.push(rest ?? '');
        if (word === 'ready') ready = true;
      }
      if (ready) break;
    }
  } catch (error) {
    // The time limit closes the pipe; the log below tells how far the node came.
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE'))
      throw error;
  } finally {
    clearTimeout(timer);
  }
  if (ready && failed.length === 0) return;
  throw new RackError(`The node ${spec.name} did not start: ${whyNot(state, spec.name, failed)}.`);
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

function rememberInit(state: RackState, node: string, pid: number): void {
  const mark = markProcess(pid);
  if (mark) state.writeJson(`nodes/${node}/init.json`, mark);
}

/** The node's process 1 as this computer sees it, or null when the node is down. */
export function initOf(state: RackState, node: string): ProcessMark | null {
  const mark = state.readJson<ProcessMark>(`nodes/${node}/init.json`);
  return mark && isAlive(mark) ? mark : null;
}

/** The start of a command line that runs inside the node as its root. */
export function insideNode(state: RackState, node: string): readonly [string, ...string[]] {
  const init = initOf(state, node);
  if (!init) throw new RackError(`The node ${node} is down.`);
  const namespaces = ['--mount', '--uts', '--ipc', '--net', '--pid'];
  return [
    'nsenter',
    `--target=${init.pid}`,
    ...namespaces,
    ...['env', '-i', 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
    ...['HOME=/root', 'USER=root', 'LANG=C.UTF-8', `TERM=${process.env.TERM ?? 'linux'}`],
  ];
}
