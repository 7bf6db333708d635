import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { Rack } from '../rack/rack.ts';
import { RackError } from '../rack/rack-error.ts';
import { upRack } from '../rack/up.ts';
import { build } from './build.ts';
import { ClusterError } from './cluster-error.ts';
import { whyNoGo } from './go-tools.ts';
import { joinOnRack, startServerOn } from './on-rack.ts';
import { kineRecipe, kubernetesRecipe, metricsServerRecipe } from './recipes.ts';
import { whyNoCluster } from './requirements.ts';
import { applySample } from './sample.ts';
import { startCluster } from './start.ts';
import { kubernetesVersions, newestKubernetes, olderKubernetes } from './versions.ts';

const usage = `Usage: npm run cluster -- COMMAND

  build [--older] [--metrics]   build what the cache lacks (about a quarter of an hour of the processor)
  up [--nodes N] [--store kine|etcd] [--kubernetes ${kubernetesVersions.join('|')}] [--port N]
     [--empty] [--metrics]              a cluster until Ctrl-C, with fake nodes (default 5) and workloads of a small
                            lab; prints the path of its kubeconfig
  rack [--name NAME]        one on a rack that \`npm run rack -- up --profile cluster\` started, with two
                            kubelets that run pods; it ends with the rack; prints its kubeconfig
`;

const options = {
  older: { type: 'boolean', default: false },
  nodes: { type: 'string', default: '5' },
  store: { type: 'string', default: 'etcd' },
  kubernetes: { type: 'string', default: newestKubernetes },
  port: { type: 'string', default: '0' },
  name: { type: 'string', default: 'rack' },
  metrics: { type: 'boolean', default: false },
  empty: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (cause) {
    throw new ClusterError(cause instanceof Error ? cause.message : 'Wrong options.', { cause });
  }
}

type Values = ReturnType<typeof parse>['values'];

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function buildAll(values: Values): Promise<void> {
  const reason = whyNoGo();
  if (reason) throw new ClusterError(reason);
  const recipes = [
    kubernetesRecipe(newestKubernetes),
    kineRecipe,
    ...(values.metrics ? [metricsServerRecipe] : []),
    ...(values.older ? [kubernetesRecipe(olderKubernetes)] : []),
  ];
  for (const recipe of recipes) await build(recipe, say);
}

function choice<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found) return found;
  throw new ClusterError(`--${name} must be one of ${allowed.join(', ')}.`);
}

function count(name: string, value: string, most: number): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= 0 && number <= most) return number;
  throw new ClusterError(`--${name} must be a number up to ${most}.`);
}

async function up(values: Values): Promise<void> {
  const startedAt = Date.now();
  const port = count('port', values.port, 65_535);
  await using cluster = await startCluster({
    nodes: count('nodes', values.nodes, 1_000),
    store: choice('store', values.store, ['kine', 'etcd']),
    version: choice('kubernetes', values.kubernetes, kubernetesVersions),
    metrics: values.metrics,
    ...(port > 0 ? { port } : {}),
  });
  if (!values.empty) await applySample(cluster);
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  say(
    `Kubernetes ${cluster.version} is up after ${seconds} s at ${cluster.server}. Ctrl-C ends it.`,
  );
  process.stdout.write(`${cluster.adminKubeconfig}\n`);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
}

async function onRack(values: Values): Promise<void> {
  const reason = whyNoCluster({ kubelet: true });
  if (reason) throw new ClusterError(reason);
  const rack = new Rack(await upRack({ profile: 'cluster', name: values.name }));
  const store = choice('store', values.store, ['kine', 'etcd']);
  const cluster = await startServerOn(rack, rack.node('server-1'), { store });
  for (const name of ['agent-1', 'agent-2']) await joinOnRack(cluster, rack, name);
  cluster.api.close();
  say(`Kubernetes ${cluster.version} is up at ${cluster.server}; agent-3 may join it.`);
  process.stdout.write(`${cluster.adminKubeconfig}\n`);
}

async function main(args: readonly string[]): Promise<void> {
  const { values, positionals } = parse(args);
  const [command] = positionals;
  if (values.help) process.stdout.write(usage);
  else if (command === 'build') await buildAll(values);
  else if (command === 'up') await up(values);
  else if (command === 'rack') await onRack(values);
  else throw new ClusterError(usage.trimEnd());
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof ClusterError || error instanceof RackError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
