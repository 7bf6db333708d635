import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from '../cluster/api.ts';
import { nodeIdentity, startNode } from './agent.ts';
import { allowNodes, markServer } from './cluster-objects.ts';
import { startControlPlane, startKine } from './control-plane.ts';
import { Etcd } from './etcd.ts';
import { hasFault } from './faults.ts';
import { readIfThere } from './files.ts';
import { startFront } from './front.ts';
import { joinAsAgent } from './join-as-agent.ts';
import { joinAsServer } from './join-as-server.ts';
import { Fatal, log, reasonOf } from './log.ts';
import { needMemoryCgroup } from './memory-cgroup.ts';
import { addressIn } from './network.ts';
import { followRemovals } from './node-removal.ts';
import { tellReady } from './notify.ts';
import type { Options } from './options.ts';
import { serverDirectory, supervisorPort } from './places.ts';
import { mustOpenBootstrap, rotateToken } from './rotate-token.ts';
import {
  readPasswords,
  readToken,
  type ServerFiles,
  writeKubeconfig,
  writeServerFiles,
} from './server-files.ts';
import { defineSnapshots, tellOfSnapshots } from './snapshots.ts';
import { type SharedConfig, supervisorHandler } from './supervisor.ts';
import { parseToken } from './token.ts';
import { versionText } from './version.ts';

const database = {
  sqlite: `${serverDirectory}/db/state.db`,
  etcd: `${serverDirectory}/db/etcd`,
} as const;

/** What has to be the same on all servers, with K3s's defaults. */
export function sharedConfigOf(options: Options): SharedConfig {
  const service = options.text('service-cidr') ?? '10.43.0.0/16';
  return {
    'cluster-cidr': options.text('cluster-cidr') ?? '10.42.0.0/16',
    'service-cidr': service,
    'cluster-dns': options.text('cluster-dns') ?? addressIn(service, 10),
    'cluster-domain': options.text('cluster-domain') ?? 'cluster.local',
    disable: [...options.list('disable')].sort(),
    'flannel-backend': options.text('flannel-backend') ?? 'vxlan',
    'secrets-encryption': options.isOn('secrets-encryption'),
    'embedded-registry': options.isOn('embedded-registry'),
    'egress-selector-mode': options.text('egress-selector-mode') ?? 'agent',
  };
}

/** Null: nobody gave one, so one is made. */
function givenToken(options: Options): string | null {
  const given = options.text('token');
  if (given !== null) return given;
  const file = options.text('token-file');
  if (file === null) return null;
  const text = readIfThere(file);
  if (text === null) throw new Fatal(`open ${file}: no such file or directory`);
  return text;
}

/** A database is encrypted by the token that it was made with; that of etcd tells once it runs. */
function mustFit(password: string | null): void {
  const kept = readPasswords();
  if (password === null || kept === null || kept.server === password) return;
  if (existsSync(database.sqlite))
    throw new Fatal(
      `starting kubernetes: preparing server: bootstrap data already found and encrypted with different token`,
    );
}

function storeOf(options: Options, joins: boolean): 'kine' | 'etcd' {
  // Once there is an etcd, the flags do not count any more.
  if (existsSync(database.etcd) || joins) return 'etcd';
  return options.isOn('cluster-init') ? 'etcd' : 'kine';
}

export async function runServer(options: Options): Promise<void> {
  log('info', `Starting k3s ${versionText()}`);
  needMemoryCgroup();
  if (hasFault('hangs')) return await new Promise(() => setInterval(() => {}, 60_000));
  const node = nodeIdentity(options);
  const shared = sharedConfigOf(options);
  const token = givenToken(options);
  const password = token === null ? null : parseToken(token, 'server').password;
  const joinsAgain = existsSync(database.etcd);
  const before = readPasswords()?.server ?? null;
  if (!joinsAgain) mustFit(password);
  // Without a token the address of a server is passed over without a word.
  const url = existsSync(database.etcd) || token === null ? null : options.text('server');
  const joining = url === null ? null : await joinAsServer({ url, token: token ?? '', shared });
  const store = storeOf(options, joining !== null);
  const files = writeServerFiles({
    nodeName: node.name,
    addresses: [node.address],
    tlsNames: options.list('tls-san'),
    serverPassword: password,
    nodePassword: options.text('agent-token'),
    serviceAddress: addressIn(String(shared['service-cidr']), 1),
  });
  const etcd = store === 'etcd' ? new Etcd(node) : null;
  if (etcd) await etcd.start(joining);
  if (joinsAgain) await mustOpenBootstrap(files.passwords.server, before);
  else await startKine();
  const api = await startControlPlane(options, { shared, store, address: node.address });
  await serve({ options, files, shared, api, etcd });
}

interface Serving {
  readonly options: Options;
  readonly files: ServerFiles;
  readonly shared: SharedConfig;
  readonly api: Api;
  readonly etcd: Etcd | null;
}

async function serve({ options, files, shared, api, etcd }: Serving): Promise<void> {
  const handler = supervisorHandler({
    ...{ files, shared, api },
    isReady: () => true,
    members: async () => (etcd ? await etcd.members() : null),
    rotate: (wanted) => rotateToken(wanted),
  });
  await startFront(handler);
  writeKubeconfig(files);
  await allowNodes(api);
  log('info', 'Wrote kubeconfig /etc/rancher/k3s/k3s.yaml');
  log(
    'info',
    `To join server node to cluster: k3s server -s https://${files.addresses[0]}:${supervisorPort} -t \${SERVER_NODE_TOKEN}`,
  );
  log('info', 'k3s is up and running');
  etcd?.keepPromoting();
  tellReady();
  const url = `https://127.0.0.1:${supervisorPort}`;
  await startNode(options, await joinAsAgent(readToken() ?? '', { url, named: url }));
  void followRemovals(api, etcd);
  if (etcd) void keepTellingOfSnapshots(api, files.nodeName);
  void markServer(api, { name: files.nodeName, etcd, options });
}

async function keepTellingOfSnapshots(api: Api, node: string): Promise<never> {
  for (;;) {
    const tell = async () => {
      await defineSnapshots(api);
      await tellOfSnapshots(api, node);
    };
    await tell().catch((error: unknown) => log('error', `etcd-snapshot: ${reasonOf(error)}`));
    await sleep(1_000);
  }
}
