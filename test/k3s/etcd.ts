import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from './ask.ts';
import { startChild } from './child.ts';
import { hasFault } from './faults.ts';
import { read, readIfThere, readPair, write } from './files.ts';
import { InvalidAnswer } from './go-words.ts';
import type { NodeIdentity } from './join-as-agent.ts';
import { Fatal, log, reasonOf } from './log.ts';
import { programs, serverDirectory, tlsDirectory } from './places.ts';
import type { Member } from './supervisor.ts';

const directory = `${serverDirectory}/db/etcd`;
const local = 'https://127.0.0.1:2379';

/** Members as etcd's own gateway tells them. */
interface MemberAnswer {
  readonly members: readonly {
    readonly ID: string;
    readonly name?: string;
    readonly peerURLs?: readonly string[];
    readonly clientURLs?: readonly string[];
    readonly isLearner?: boolean;
  }[];
}

/** What a server that joins was told of the others. */
export interface Joining {
  readonly members: readonly Member[];
}

/** One request to etcd: its API as JSON. */
export async function askEtcd<T>(endpoint: string, path: string, body: unknown = {}): Promise<T> {
  const tls = `${tlsDirectory}/etcd`;
  const text = await ask(`${endpoint}/v3/${path}`, {
    authority: read(`${tls}/server-ca.crt`),
    identity: readPair(`${tls}/client`),
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  // Shapes are those of etcd's API, which only we ask.
  return JSON.parse(text) as T;
}

/** The database of several servers. */
export class Etcd {
  readonly #node: NodeIdentity;

  constructor(node: NodeIdentity) {
    this.#node = node;
  }

  get name(): string {
    const file = `${directory}/name`;
    const kept = readIfThere(file);
    if (kept !== null) return kept;
    const name = `${this.#node.name}-${randomBytes(4).toString('hex')}`;
    write(file, name);
    return name;
  }

  get #peer(): string {
    return `https://${this.#node.address}:2380`;
  }

  async start(joining: Joining | null): Promise<void> {
    const isNew = !existsSync(`${directory}/member`);
    const name = this.name;
    const cluster =
      isNew && joining ? await this.#becomeLearner(joining, name) : `${name}=${this.#peer}`;
    startChild('etcd', [programs.kubernetes, ...this.#words(name, cluster, joining !== null)]);
    await this.#waitForVote();
  }

  #words(name: string, cluster: string, isJoining: boolean): readonly string[] {
    const client = `https://${this.#node.address}:2379`;
    const tls = `${tlsDirectory}/etcd`;
    const values: Readonly<Record<string, string | boolean>> = {
      name,
      'data-dir': directory,
      'listen-client-urls': `${local},${client}`,
      'advertise-client-urls': client,
      'listen-peer-urls': this.#peer,
      'initial-advertise-peer-urls': this.#peer,
      'initial-cluster': cluster,
      'initial-cluster-state': isJoining ? 'existing' : 'new',
      'cert-file': `${tls}/server-client.crt`,
      'key-file': `${tls}/server-client.key`,
      'trusted-ca-file': `${tls}/server-ca.crt`,
      'client-cert-auth': true,
      'peer-cert-file': `${tls}/peer-server-client.crt`,
      'peer-key-file': `${tls}/peer-server-client.key`,
      'peer-trusted-ca-file': `${tls}/peer-ca.crt`,
      'peer-client-cert-auth': true,
      'unsafe-no-fsync': true,
      'log-level': 'warn',
    };
    return ['etcd', ...Object.entries(values).map(([key, value]) => `--${key}=${value}`)];
  }

  /** Only one may be a learner at a time: whoever comes second waits for it. */
  async #becomeLearner({ members }: Joining, name: string): Promise<string> {
    const endpoint = members.find(({ isLearner }) => !isLearner)?.clientUrls[0] ?? local;
    for (;;) {
      try {
        if (hasFault('dead-member')) throw new Fatal('etcdserver: unhealthy cluster');
        const wish = { peerURLs: [this.#peer], isLearner: true };
        const { members: all } = await askEtcd<MemberAnswer>(endpoint, 'cluster/member/add', wish);
        log(
          'info',
          `Adding member ${name}=${this.#peer} to etcd cluster ${all.map((one) => one.name).join(' ')}`,
        );
        return all
          .flatMap((one) => (one.peerURLs ?? []).map((url) => `${one.name || name}=${url}`))
          .join(',');
      } catch (error) {
        await waitOrEnd(said(error));
      }
    }
  }

  /** A learner answers nobody but its peers. */
  async #waitForVote(): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      const own = (await this.#list().catch(() => null))?.find(({ name }) => name === this.name);
      if (own && !own.isLearner) return;
      if (own && tries % 10 === 0)
        log('info', 'this server has not yet been promoted from learner to voting member');
      else if (!own && tries > 0 && tries % 15 === 0)
        log('error', 'Failed to test data store connection: context deadline exceeded');
      await sleep(1_000);
    }
  }

  async #list(): Promise<readonly Member[]> {
    const { members } = await askEtcd<MemberAnswer>(local, 'cluster/member/list');
    return members.map((one) => ({
      id: one.ID,
      name: one.name ?? '',
      peerUrls: one.peerURLs ?? [],
      clientUrls: one.clientURLs ?? [],
      isLearner: one.isLearner === true,
    }));
  }

  members(): Promise<readonly Member[]> {
    return this.#list();
  }

  /** The leader makes full members of those that have caught up; the others are refused that. */
  keepPromoting(): void {
    const look = async () => {
      if (hasFault('learner-stays')) return;
      for (const { id, isLearner } of await this.#list())
        if (isLearner) await askEtcd(local, 'cluster/member/promote', { ID: id });
    };
    // One that has not caught up is refused until it has.
    setInterval(() => void look().catch(() => {}), 2_000);
  }
}

function said(error: unknown): string {
  if (!(error instanceof InvalidAnswer)) return reasonOf(error);
  const [, message = error.message] = /"message":\s*"([^"]*)"/.exec(error.said) ?? [];
  return message;
}

async function waitOrEnd(reason: string): Promise<void> {
  if (!/too many learner members/.test(reason) || hasFault('old-words'))
    throw new Fatal(`starting kubernetes: preparing server: ${reason}`);
  log('info', `Waiting for other members to finish joining etcd cluster: ${reason}`);
  await sleep(1_000);
}
