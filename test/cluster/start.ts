import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { markProcess } from '../rack/process-table.ts';
import {
  apiserverArguments,
  controllerManagerArguments,
  etcdArguments,
  kineArguments,
  metricsServerArguments,
  schedulerArguments,
} from './arguments.ts';
import { type Programs, programsOf } from './cache.ts';
import { Cluster } from './cluster.ts';
import { ClusterError } from './cluster-error.ts';
import { Component } from './component.ts';
import { writeClusterFiles } from './files.ts';
import { freePorts } from './free-port.ts';
import { kwokArguments, startNodes } from './kwok.ts';
import { registerMetrics } from './metrics.ts';
import { whyNoCluster } from './requirements.ts';
import { type KubernetesVersion, newestKubernetes } from './versions.ts';
import { until } from './wait.ts';

export interface ClusterOptions {
  /** kine on SQLite is what K3s has by itself, etcd what it has with `--cluster-init`. Default etcd. */
  readonly store?: 'kine' | 'etcd';
  /** Fake nodes by kwok, with logs and usage of their pods. Default none. */
  readonly nodes?: number;
  readonly version?: KubernetesVersion;
  /** metrics-server over the fake nodes: usage is there half a minute later. Default not. */
  readonly metrics?: boolean;
  /** Default a free one. */
  readonly port?: number;
  /** Seconds without news of a node until it counts as lost. Default 40. */
  readonly nodeGraceSeconds?: number;
}

interface Makings {
  readonly directory: string;
  readonly programs: Programs;
  readonly parts: Component[];
}

function add(
  { directory, parts }: Makings,
  name: string,
  command: readonly [string, ...string[]],
): Component {
  const part = new Component(name, path.join(directory, `${name}.log`), command);
  parts.push(part);
  part.start();
  return part;
}

/** Returns where the store is asked, once it can be. */
async function startStore(makings: Makings, store: 'kine' | 'etcd'): Promise<string> {
  const { directory, programs } = makings;
  if (store === 'kine') {
    const kine = add(makings, 'kine', [programs.kine, ...kineArguments(directory)]);
    await until('kine listens', () => {
      kine.mustRun();
      return existsSync(path.join(directory, 'kine.sock'));
    });
    return `unix://${directory}/kine.sock`;
  }
  const [client = 0, peer = 0] = await freePorts(2);
  add(makings, 'etcd', [programs.kubernetes, ...etcdArguments(directory, { client, peer })]);
  return `http://127.0.0.1:${client}`;
}

async function startParts(makings: Makings, options: ClusterOptions): Promise<Cluster> {
  const { directory, programs, parts } = makings;
  const { store = 'etcd', nodes = 0, version = newestKubernetes, nodeGraceSeconds } = options;
  const [free = 0, kwokPort = 0, metricsPort = 0] = await freePorts(3);
  const port = options.port ?? free;
  const server = `https://127.0.0.1:${port}`;
  const files = writeClusterFiles({ directory, server, hosts: [] });
  const place = await startStore(makings, store);
  const program = programs.kubernetes;
  const apiserver = { directory, port, bind: '127.0.0.1', store: place };
  add(makings, 'kube-apiserver', [program, ...apiserverArguments(apiserver)]);
  const cluster = new Cluster({ version, files, program, parts });
  await cluster.ready();
  const manager = { directory, ...(nodeGraceSeconds ? { nodeGraceSeconds } : {}) };
  add(makings, 'kube-controller-manager', [program, ...controllerManagerArguments(manager)]);
  add(makings, 'kube-scheduler', [program, ...schedulerArguments(directory)]);
  if (nodes > 0) {
    add(makings, 'kwok', [
      programs.kwok,
      ...kwokArguments({ directory, programs, port: kwokPort }),
    ]);
    await startNodes(cluster, nodes);
  }
  if (options.metrics) {
    const words = metricsServerArguments(directory, metricsPort);
    add(makings, 'metrics-server', [programs.metricsServer, ...words]);
    await registerMetrics(cluster, metricsPort);
  }
  // Pods are refused before it.
  await until('the default service account is there', async () => {
    const path = '/api/v1/namespaces/default/serviceaccounts/default';
    return (await cluster.api.request('GET', path)).status === 200;
  });
  return cluster;
}

const prefix = 'rackhelm-cluster-';

/** What test runs left that were killed; their processes went with them. */
function deleteAbandoned(): void {
  for (const name of readdirSync(os.tmpdir())) {
    const pid = name.startsWith(prefix)
      ? /^(\d+)-/.exec(name.slice(prefix.length))?.[1]
      : undefined;
    if (pid === undefined || markProcess(Number(pid)) !== null) continue;
    rmSync(path.join(os.tmpdir(), name), { recursive: true, force: true });
  }
}

const portTaken = 'address already in use';

/** Another program may take a port between its choice and its use; then others are chosen. */
async function startWithPorts(options: ClusterOptions, triesLeft = 2): Promise<Cluster> {
  const directory = mkdtempSync(path.join(os.tmpdir(), `${prefix}${process.pid}-`));
  const makings: Makings = { directory, programs: programsOf(options.version), parts: [] };
  try {
    return await startParts(makings, options);
  } catch (error) {
    const taken = makings.parts.some(
      (part) => !part.running && part.lastWords().includes(portTaken),
    );
    for (const part of makings.parts.toReversed()) await part.kill();
    rmSync(directory, { recursive: true, force: true });
    if (taken && triesLeft > 0 && !options.port) return startWithPorts(options, triesLeft - 1);
    throw error;
  }
}

/** A Kubernetes of its own in a few seconds; `await using` ends it. */
export async function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
  const reason = whyNoCluster(options);
  if (reason) throw new ClusterError(reason);
  deleteAbandoned();
  return startWithPorts(options);
}
