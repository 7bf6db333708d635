import { type ChildProcess, fork, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { pem } from '../../electron/host/connections/kubernetes/trial/pki.ts';
import type { ClusterFigures } from './cluster-host.ts';
import { podsPerNode } from './cluster-pod.ts';
import { type BenchResult, type Timing, timingOf } from './result.ts';

const pods = 5_000;
const changesEachSecond = 50;
/** Minutes show whether memory grows; an hour is for who wants to be sure. */
const churnMs = Number(process.env.RACKHELM_BENCH_CHURN_MS ?? 120_000);

interface Api {
  readonly process: ChildProcess;
  readonly port: number;
  readonly began: number;
}

/**
 * 5,000 pods on 100 nodes, which a server of ours plays over HTTPS, and a whole host that shows them to
 * a window while they change; beside it kubectl, where a build of it lies in the cache.
 */
export async function run(): Promise<BenchResult[]> {
  const directory = mkdtempSync(path.join(tmpdir(), 'rackhelm-bench-'));
  const api = await startApi();
  try {
    const kubeconfig = path.join(directory, 'config');
    writeFileSync(kubeconfig, kubeconfigFor(api.port), { mode: 0o600 });
    const kubectl = await kubectlFigures(kubeconfig, api);
    const own = await hostFigures(kubeconfig, api);
    tellMemory(own);
    return results(own, kubectl);
  } finally {
    api.process.kill();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function startApi(): Promise<Api> {
  const child = fork(path.join(import.meta.dirname, 'cluster-api.ts'), [
    String(pods),
    String(pods / podsPerNode),
  ]);
  const { port, began } = await told<{ port: number; began: number }>(child);
  return { process: child, port, began };
}

function told<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as T)); // the two files are of one mind
    child.once('exit', () => reject(new Error('The process of the bench ended.')));
  });
}

function kubeconfigFor(port: number): string {
  const server = `https://127.0.0.1:${port}`;
  const authority = Buffer.from(pem('ca')).toString('base64');
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'bench',
    clusters: [{ name: 'bench', cluster: { server, 'certificate-authority-data': authority } }],
    users: [{ name: 'bench', user: { token: 'bench' } }],
    contexts: [{ name: 'bench', context: { cluster: 'bench', user: 'bench' } }],
  });
}

async function hostFigures(kubeconfig: string, api: Api): Promise<ClusterFigures> {
  const host = fork(path.join(import.meta.dirname, 'cluster-host.ts'), {
    execArgv: ['--expose-gc'],
  });
  host.send({ kubeconfig, began: api.began, pods, churnMs });
  await told(host);
  const figures = told<ClusterFigures>(host);
  api.process.send({ rate: changesEachSecond });
  try {
    return await figures;
  } finally {
    api.process.send({ rate: 0 });
    host.kill();
  }
}

/** Longer than that is no figure. */
const mostListMs = 60_000;

interface Kubectl {
  readonly list: Timing;
  readonly latency: Timing;
}

/** Null where no kubectl is at hand. */
async function kubectlFigures(config: string, api: Api): Promise<Kubectl | null> {
  const program = kubectlProgram();
  if (program === null) return null;
  const [command, ...before] = program;
  const jsonpath = 'jsonpath={.status.containerStatuses[0].restartCount}{"\\n"}';
  const args = ['--kubeconfig', config, 'get', 'pods', '-A', '--watch', '-o', jsonpath];
  const from = performance.now();
  const kubectl = spawn(command ?? '', [...before, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const latencies: number[] = [];
  let lines = 0;
  let listMs = Number.NaN;
  const reading = createInterface({ input: kubectl.stdout });
  reading.on('line', (line) => {
    lines += 1;
    if (lines === pods) listMs = performance.now() - from;
    if (lines > pods) latencies.push(Date.now() - api.began - Number(line));
  });
  while (lines < pods && kubectl.exitCode === null && performance.now() - from < mostListMs)
    await wait(20);
  api.process.send({ rate: changesEachSecond });
  await wait(10_000);
  api.process.send({ rate: 0 });
  kubectl.kill();
  return { list: { medianMs: listMs, p95Ms: listMs }, latency: timingOf(latencies) };
}

function kubectlProgram(): readonly string[] | null {
  const cache = path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'rackhelm');
  if (!existsSync(cache)) return null;
  const built = readdirSync(cache).filter((name) => name.startsWith('kubernetes-'));
  const files = built.map((name) => path.join(cache, name, 'kubernetes')).filter(existsSync);
  return files[0] === undefined ? null : [files[0], 'kubectl'];
}

function results(own: ClusterFigures, kubectl: Kubectl | null): BenchResult[] {
  const none = { medianMs: Number.NaN, p95Ms: Number.NaN };
  const latency = timingOf(own.latencies);
  const line = (name: string, timing: Timing, beside: Timing, target: string, pass: boolean) => ({
    ...{ name, ...timing, target, pass },
    baselineName: kubectl === null ? 'no kubectl here' : 'kubectl get pods -w',
    baselineMedianMs: beside.medianMs,
    ratio: timing.medianMs / beside.medianMs,
  });
  const { firstListMs } = own;
  const first = { medianMs: firstListMs, p95Ms: firstListMs };
  const held = { medianMs: own.churnHeldMs, p95Ms: own.listingHeldMs };
  const largest = Math.max(...own.memory);
  return [
    line(`first list of ${pods} pods`, first, kubectl?.list ?? none, '< 2 s', firstListMs < 2_000),
    line(
      `a change of ${changesEachSecond} a second, to the window`,
      latency,
      kubectl?.latency ?? none,
      'p95 < 300 ms',
      latency.p95Ms < 300,
    ),
    line('event loop held up: changing, listing', held, none, '< 20 ms', held.p95Ms < 20),
    {
      ...line(
        'host memory in MiB with all pods, largest',
        { medianMs: own.memory[1] ?? 0, p95Ms: largest },
        none,
        '< 250',
        largest < 250,
      ),
    },
  ];
}

function tellMemory({ memory, latencies, events }: ClusterFigures): void {
  process.stderr.write(
    `  memory in MiB: ${memory.join(', ')} (before, listed, half, all of the churn); ${latencies.length} changes in ${events} messages\n`,
  );
}
