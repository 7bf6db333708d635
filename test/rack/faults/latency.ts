import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { mustRun } from '../command.ts';
import { inNetworkOf } from '../fabric.ts';
import { isAlive, markProcess, signalProcess } from '../process-table.ts';
import { RackError } from '../rack-error.ts';
import { type Fault, type FaultTarget, networksOf } from './fault.ts';
import { delayWithNetem, removeQueues } from './network.ts';

const table = 'rackhelm_latency';
const firstProxyPort = 47_000;

/**
 * Where the kernel cannot delay packets, a proxy in the node's network does: new TCP connections to
 * the named ports are led to it, and it holds back every piece of data. The TCP handshake itself is
 * not delayed, nor is anything but TCP.
 */
async function startProxy(target: FaultTarget, ports: readonly number[], ms: number) {
  const { state, spec } = target;
  const [program, network] = inNetworkOf(state, spec.name);
  const log = openSync(state.path('nodes', spec.name, 'latency.log'), 'a', 0o600);
  const script = fileURLToPath(new URL('./latency-proxy.ts', import.meta.url));
  const pairs = ports.map((port, index) => `${firstProxyPort + index}:${port}`);
  const args = [network, process.execPath, script, String(ms / 2), ...pairs];
  const child = spawn(program, args, {
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'pipe', log],
    env: { PATH: process.env.PATH, RACKHELM_RACK: state.id },
  });
  closeSync(log);
  if (child.stdout) await firstOutput(child.stdout);
  child.unref();
  const mark = child.pid === undefined ? null : markProcess(child.pid);
  if (!mark) throw new RackError(`The delaying proxy of ${spec.name} did not start.`);
  return mark;
}

/** The proxy says one line once it listens. */
async function firstOutput(output: Readable): Promise<void> {
  for await (const _line of output) return;
}

async function redirect({ state, spec }: FaultTarget, ports: readonly number[]): Promise<void> {
  const rules = ports.map(
    (port, index) => `    iifname != "lo" tcp dport ${port} redirect to :${firstProxyPort + index}`,
  );
  const [program, network] = inNetworkOf(state, spec.name);
  const stdin = `table inet ${table} {
  chain prerouting {
    type nat hook prerouting priority dstnat
${rules.join('\n')}
  }
}
`;
  await mustRun(program, [network, 'nft', '-f', '-'], { stdin });
}

export const latency: Fault = {
  description: 'answers take longer; by netem, or by a proxy for the named TCP ports',
  set: async (target, options) => {
    const ms = options.ms ?? 200;
    const networks = networksOf(target, options);
    if (await delayWithNetem(target, networks, ms)) {
      return { by: 'netem', networks: networks.join(' ') };
    }
    const ports = options.ports ?? [22];
    const { pid, startedAt } = await startProxy(target, ports, ms);
    await redirect(target, ports);
    return { by: 'proxy', pid, startedAt };
  },
  clear: async (target, record) => {
    if (record.by === 'netem') return removeQueues(target, record.networks);
    const [program, network] = inNetworkOf(target.state, target.spec.name);
    await mustRun(program, [network, 'nft', 'delete', 'table', 'inet', table]);
    const mark = { pid: Number(record.pid), startedAt: String(record.startedAt) };
    // Connections that run through it end with it, as they would when a flaky link is replaced.
    if (isAlive(mark)) signalProcess(mark.pid, 'SIGKILL');
  },
};
