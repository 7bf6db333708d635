import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { inNetworkOf } from '../fabric.ts';
import { endProcess, markProcess, processesWithEnvironment } from '../process-table.ts';
import { RackError } from '../rack-error.ts';
import { type Fault, type FaultRecord, type FaultTarget, networksOf } from './fault.ts';
import { delayNoMore, delayWithNetem, hasNetem, nft, removeTable } from './network.ts';

const table = 'inet rackhelm_latency';
const firstProxyPort = 47_000;
const markName = 'RACKHELM_LATENCY';

/** In the environment of the node's proxy, so that it is found whatever became of its starter. */
function proxyMark({ state, spec }: FaultTarget): string {
  return `${state.id}-${spec.name}`;
}

/**
 * Where the kernel cannot delay packets, a proxy in the node's network does: new TCP connections to
 * the named ports are led to it, and it holds back every piece of data. The TCP handshake itself is
 * not delayed, nor is anything but TCP.
 */
async function startProxy(
  target: FaultTarget,
  ports: readonly number[],
  ms: number,
): Promise<void> {
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
    env: { PATH: process.env.PATH, RACKHELM_RACK: state.id, [markName]: proxyMark(target) },
  });
  closeSync(log);
  await once(child, 'spawn');
  child.unref();
  if (child.stdout && (await saidSomething(child.stdout))) return;
  throw new RackError(`The delaying proxy of ${spec.name} did not start; see its latency.log.`);
}

/** The proxy says one line once it listens, and ends without one where it cannot. */
async function saidSomething(output: Readable): Promise<boolean> {
  for await (const _line of output) return true;
  return false;
}

function portsOf(record: FaultRecord): readonly number[] {
  return String(record.ports).split(' ').map(Number);
}

function redirectRules(ports: readonly number[]): string {
  const rules = ports.map(
    (port, index) => `    iifname != "lo" tcp dport ${port} redirect to :${firstProxyPort + index}`,
  );
  return `table ${table} {
  chain prerouting {
    type nat hook prerouting priority dstnat
${rules.join('\n')}
  }
}
`;
}

export const latency: Fault = {
  description: 'answers take longer; by netem, or by a proxy for the named TCP ports',
  plan: async (target, options) => ({
    by: (await hasNetem(target)) ? 'netem' : 'proxy',
    networks: networksOf(target, options).join(' '),
    ports: (options.ports ?? [22]).join(' '),
    ms: options.ms ?? 200,
  }),
  set: async (target, record) => {
    if (record.by === 'netem') return delayWithNetem(target, record);
    const ports = portsOf(record);
    await startProxy(target, ports, Number(record.ms));
    await nft(target, target.spec.name, redirectRules(ports));
  },
  clear: async (target, record) => {
    if (record.by === 'netem') return delayNoMore(target, record);
    // Connections that run through it end with it, as they would when a flaky link is replaced.
    const proxies = processesWithEnvironment(`${markName}=${proxyMark(target)}`)
      .map(markProcess)
      .filter((mark) => mark !== null);
    for (const proxy of proxies) await endProcess(proxy);
    await nft(target, target.spec.name, removeTable(table));
  },
};
