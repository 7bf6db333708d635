import { type ChildProcess, fork, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { pem } from '../../electron/host/connections/kubernetes/trial/pki.ts';
import { builtHost } from './cluster-host.ts';
import { type ClusterFigures, lookAt } from './cluster-look.ts';
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
 * 5,000 pods on 100 nodes, which a server of ours plays over HTTPS, and the built host that shows them
 * to a window while they change; beside it kubectl, where a build of it lies in the cache.
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
    return [...timeResults(own, kubectl), ...heldResults(own), ...(await memoryResults(own))];
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
  const host = await builtHost(kubeconfig);
  const onListed = () => api.process.send({ rate: changesEachSecond });
  try {
    return await lookAt(host, { began: api.began, pods, churnMs, onListed });
  } finally {
    api.process.send({ rate: 0 });
    await host.close();
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
  const columns = 'custom-columns=COUNT:.status.containerStatuses[0].restartCount';
  const what = ['get', 'pods', '-A', '--watch', '--no-headers', '-o', columns];
  const args = ['--kubeconfig', config, ...what];
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

function timeResults(own: ClusterFigures, kubectl: Kubectl | null): BenchResult[] {
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
  return [
    line(`first list of ${pods} pods`, first, kubectl?.list ?? none, '< 2 s', firstListMs < 2_000),
    line(
      `a change of ${changesEachSecond} a second, to the window`,
      latency,
      kubectl?.latency ?? none,
      'p95 < 300 ms',
      latency.p95Ms < 300,
    ),
  ];
}

/** Processor time of the host's main thread at a stretch: what others took of the clock is not its own. */
function heldResults({ listing, churn }: ClusterFigures): BenchResult[] {
  return [
    { name: 'longest turn of the event loop, listing', ...listing },
    { name: '… while pods change', ...churn },
  ].map(({ name, ownMs, wallMs }) => ({
    ...{ name, medianMs: ownMs, p95Ms: ownMs },
    ...{ baselineName: 'by the clock, with all that ran beside', baselineMedianMs: wallMs },
    ...{ ratio: ownMs / wallMs, target: '< 20 ms', pass: ownMs < 20 },
  }));
}

const mostMib = 250e6 / 1024 ** 2;

/** Whole processes as the system counts them; the columns are MiB. */
async function memoryResults({ memory }: ClusterFigures): Promise<BenchResult[]> {
  const bare = await bareNodeMib();
  const churned = memory.slice(2);
  const largest = Math.max(...memory);
  const quarter = (at: number) =>
    timingOf(churned.slice((churned.length * at) / 4, (churned.length * (at + 1)) / 4)).medianMs;
  const [early, late] = [quarter(1), quarter(3)];
  return [
    {
      ...{ name: 'MiB of the host with all pods', medianMs: early, p95Ms: largest },
      ...{ baselineName: 'node that holds nothing', baselineMedianMs: bare, ratio: largest / bare },
      ...{ target: '< 250 MB at any time', pass: largest < mostMib },
    },
    {
      ...{ name: '… in the last quarter of the churn', medianMs: late, p95Ms: largest },
      ...{ baselineName: 'in its second quarter', baselineMedianMs: early, ratio: late / early },
      ...{ target: 'flat: ≤ 1.05×', pass: late <= early * 1.05 },
    },
  ];
}

function bareNodeMib(): Promise<number> {
  const told = 'process.stdout.write(String(process.memoryUsage.rss()))';
  const child = spawn(process.execPath, ['-e', told], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve) => {
    child.stdout.once('data', (bytes) => resolve(Number(String(bytes)) / 1024 ** 2));
  });
}

function tellMemory({ memory, latencies, events }: ClusterFigures): void {
  const [before = 0, listed = 0] = memory;
  const figures = [before, listed, Math.max(...memory), memory.at(-1) ?? 0].map(Math.round);
  process.stderr.write(
    `  memory in MiB: ${figures.join(', ')} (before, listed, largest, last); ${latencies.length} changes in ${events} messages\n`,
  );
}
