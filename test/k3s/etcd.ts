import { randomBytes } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from './ask.ts';
import { endWith, startChild } from './child.ts';
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
  /** Where its full members are asked. */
  readonly endpoints: readonly string[];
}

/** One request to etcd: its API as JSON; of an answer in pieces each is a line. */
export async function askEtcdText(
  path: string,
  body: unknown = {},
  endpoint = local,
): Promise<string> {
  const tls = `${tlsDirectory}/etcd`;
  return await ask(`${endpoint}/v3/${path}`, {
    authority: read(`${tls}/server-ca.crt`),
    identity: readPair(`${tls}/client`),
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function askMembers(endpoint: string, what: string, body?: unknown): Promise<MemberAnswer> {
  // Its shape is that of etcd's API, which only we ask.
  return JSON.parse(await askEtcdText(`cluster/member/${what}`, body, endpoint)) as MemberAnswer;
}

async function listAt(endpoint: string): Promise<readonly Member[]> {
  const { members } = await askMembers(endpoint, 'list');
  return members.map((one) => ({
    id: one.ID,
    name: one.name ?? '',
    peerUrls: one.peerURLs ?? [],
    clientUrls: one.clientURLs ?? [],
    isLearner: one.isLearner === true,
  }));
}

/** The database of several servers. */
export class Etcd {
  readonly #node: NodeIdentity;
  /** Where the other members are asked, as they were last seen. */
  #others: readonly string[] = [];

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
    startChild('etcd', [programs.kubernetes, ...this.#words(name, cluster, joining !== null)], {
      onEnd: (code) => this.#ended(code),
    });
    await this.#waitForVote();
  }

  /** Who was taken out of the list begins anew as a member with the next start, if it knows whom to join. */
  #ended(code: number | null): void {
    log('fatal', `etcd exited: exit status ${code}`);
    void this.#wasRemoved().then((removed) => {
      if (removed) rmSync(directory, { recursive: true, force: true });
      void endWith(1);
    });
  }

  async #wasRemoved(): Promise<boolean> {
    for (const endpoint of this.#others) {
      const list = await listAt(endpoint).catch(() => null);
      if (list) return !list.some(({ name }) => name === this.name);
    }
    return false;
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
  async #becomeLearner({ endpoints }: Joining, name: string): Promise<string> {
    const endpoint = endpoints[0] ?? local;
    for (;;) {
      try {
        if (hasFault('dead-member')) throw new Fatal('etcdserver: unhealthy cluster');
        const wish = { peerURLs: [this.#peer], isLearner: true };
        const known = await askMembers(endpoint, 'list');
        // One that was broken off after it had been entered goes on with its seat.
        const isEntered = known.members.some(({ peerURLs }) => peerURLs?.includes(this.#peer));
        const { members: all } = isEntered ? known : await askMembers(endpoint, 'add', wish);
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
      const own = (await this.members().catch(() => null))?.find(({ name }) => name === this.name);
      if (own && !own.isLearner) return;
      if (own && tries % 10 === 0)
        log('info', 'this server has not yet been promoted from learner to voting member');
      else if (!own && tries > 0 && tries % 15 === 0)
        log('error', 'Failed to test data store connection: context deadline exceeded');
      await sleep(1_000);
    }
  }

  async members(): Promise<readonly Member[]> {
    const members = await listAt(local);
    this.#others = members
      .filter(({ name, isLearner }) => name !== this.name && !isLearner)
      .flatMap(({ clientUrls }) => clientUrls);
    return members;
  }

  async remove(id: string): Promise<void> {
    await askMembers(local, 'remove', { ID: id });
  }

  /** The leader makes full members of those that have caught up; the others are refused that. */
  keepPromoting(): void {
    const look = async () => {
      if (hasFault('learner-stays')) return;
      for (const { id, isLearner } of await this.members())
        if (isLearner) await askMembers(local, 'promote', { ID: id });
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
