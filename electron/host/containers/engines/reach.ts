import {
  type EngineIdentity,
  type EngineWay,
  engineIdentity,
  wayText,
} from '../../../../shared/containers/engine.ts';
import type { SshTarget } from '../../../../shared/model/ssh.ts';
import { sshTarget } from '../../../../shared/model/ssh.ts';
import {
  createDockerClient,
  type Dial,
  type DockerClient,
  DockerError,
  dialSocket,
  dialTcp,
} from '../../connections/docker/index.ts';
import type { Ask, SshPool } from '../../connections/ssh/index.ts';
import type { Secrets } from '../../engine/secrets/index.ts';
import type { Inventory } from '../../inventory/index.ts';
import { contextIdentity, dockerContext } from './docker-contexts.ts';
import { absoluteSocket, usualSocket } from './local-sockets.ts';
import { dialOverSsh } from './over-ssh.ts';

export interface ReachNeeds {
  readonly inventory: Pick<Inventory, 'sshTargetOf'>;
  readonly secrets: Pick<Secrets, 'find'>;
  readonly pool: () => Promise<SshPool>;
  /** What is remembered answers; nobody is there. */
  readonly ask: Ask;
  /** resources/engine-sockets.sh. */
  readonly socketScript: string;
}

export interface Reachable {
  readonly id: string;
  readonly way: EngineWay;
  readonly deviceName: string | null;
}

export interface Reached {
  readonly client: DockerClient;
  /** In words. */
  readonly way: () => string;
}

/** A way to an engine; nothing is asked of it yet. Throws DOCKER_*, SECRETS_*, NOT_FOUND. */
export async function reach(engine: Reachable, needs: ReachNeeds): Promise<Reached> {
  const { way, deviceName } = engine;
  const text = wayText(way, deviceName);
  switch (way.kind) {
    case 'socket': {
      const path = way.path === null ? await usualSocket() : absoluteSocket(way.path);
      return plain(dialSocket(path), path, `on this computer, ${path}`);
    }
    case 'ssh': {
      const target = needs.inventory.sshTargetOf(way.deviceId);
      return overSsh(needs, { target, name: deviceName ?? target.host, socket: way.socket });
    }
    case 'tcp': {
      const identity = way.tls ? await keptIdentity(engine.id, needs) : null;
      return plain(dialTcp(way, identity), `${way.host}:${way.port}`, text);
    }
    case 'context':
      return byContext(way.name, needs);
  }
}

function plain(dial: Dial, where: string, way: string): Reached {
  return { client: createDockerClient({ dial, where }), way: () => way };
}

function overSsh(
  { pool, ask, socketScript: script }: ReachNeeds,
  to: { readonly target: SshTarget; readonly name: string; readonly socket: string | null },
): Reached {
  const dial = dialOverSsh({ pool, ask, script, ...to });
  const way = () => `over SSH to ${to.name}${dial.found() === null ? '' : `, ${dial.found()}`}`;
  return { client: createDockerClient({ dial, where: `the engine on ${to.name}` }), way };
}

/** Nothing but what was given for this engine; the environment has no say. */
async function keptIdentity(engineId: string, { secrets }: ReachNeeds): Promise<EngineIdentity> {
  const known = secrets.find({ kind: 'engine-identity', engineId });
  if (known === null) return { ca: null, cert: null, key: null };
  const { secret } = await known.read();
  return engineIdentity.parse(JSON.parse(secret));
}

async function byContext(name: string, needs: ReachNeeds): Promise<Reached> {
  const { endpoint, skipVerify } = await dockerContext(name);
  const url = URL.parse(endpoint);
  const by = `by the Docker context ${name}, ${endpoint}`;
  if (url === null) throw invalid(name, endpoint);
  switch (url.protocol) {
    case 'unix:':
      return plain(dialSocket(url.pathname), url.pathname, by);
    case 'npipe:':
      return plain(dialSocket(endpoint.slice('npipe://'.length)), endpoint, by);
    case 'ssh:': {
      const target = sshTarget.safeParse({
        host: url.hostname,
        ...(url.username && { user: decodeURIComponent(url.username) }),
        ...(url.port && { port: Number(url.port) }),
      });
      if (!target.success) throw invalid(name, endpoint);
      const socket = url.pathname.length > 1 ? url.pathname : null;
      return overSsh(needs, { target: target.data, name: url.hostname, socket });
    }
    case 'tcp:':
    case 'https:':
    case 'http:': {
      if (skipVerify) throw unverified(name);
      const identity = await contextIdentity(name);
      const secure = url.protocol === 'https:' || identity !== null;
      const port = Number(url.port) || (secure ? 2376 : 2375);
      const host = url.hostname.replace(/^\[|\]$/g, '');
      const none = { ca: null, cert: null, key: null };
      return plain(
        dialTcp({ host, port }, secure ? (identity ?? none) : null),
        `${host}:${port}`,
        by,
      );
    }
    default:
      throw invalid(name, endpoint);
  }
}

function invalid(name: string, endpoint: string): DockerError {
  return new DockerError(
    'DOCKER_CONTEXT_INVALID',
    `The Docker context ${name} names ${endpoint || 'no engine'}, which cannot be reached from here.`,
  );
}

function unverified(name: string): DockerError {
  return new DockerError(
    'DOCKER_CONTEXT_INVALID',
    `The Docker context ${name} does not check who answers (SkipTLSVerify), which Rackhelm does not do.`,
    { hint: 'Give the context the certificate authority of the engine.' },
  );
}
