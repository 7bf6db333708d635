import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AskOptions, ask } from './ask.ts';
import { hasFault } from './faults.ts';
import { readIfThere, readPair } from './files.ts';
import { InvalidAnswer } from './go-words.ts';
import { log, reasonOf } from './log.ts';
import type { Options } from './options.ts';
import { agentDirectory } from './places.ts';
import { authorizationOf, hashOf, InvalidToken, parseToken, type Token } from './token.ts';
import { versionText } from './version.ts';

/** Seconds after which an agent tries again: before it knows the server, and afterwards. */
const soon = 2;
const later = 5;

const pause = (seconds: number) => sleep(seconds * 1000);

/** A server that was reached and believed. */
export interface Joined {
  /** Where it is asked: on an agent by way of itself. */
  readonly url: string;
  readonly authority: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Asks it as this node. */
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<string>;
}

/** Waits for the file with the token, as long as it takes. */
export async function tokenOf(options: Options): Promise<string> {
  const given = options.text('token');
  if (given !== null) return given;
  const file = options.text('token-file');
  if (file === null) throw new InvalidToken('--token is required');
  while (!existsSync(file)) {
    log('info', `Waiting for ${file} to be available\n`);
    await pause(soon);
  }
  return readIfThere(file) ?? '';
}

interface Server {
  readonly url: string;
  /** As config.yaml has it, for what is said. */
  readonly named: string;
}

/** The certificate of the cluster, compared with what the token says. */
async function believe({ url, named }: Server, token: Token): Promise<string> {
  const said = (text: string) =>
    hasFault('old-words') ? text : `Failed to validate connection to cluster at ${named}: ${text}`;
  const authority = await ask(`${url}/cacerts`).catch((error: unknown) => {
    throw new Error(said(`failed to get CA certs: ${reasonOf(error)}`));
  });
  const hash = hashOf(authority);
  if (token.caHash !== null && token.caHash !== hash)
    throw new Error(
      said(
        `token CA hash does not match the Cluster CA certificate hash: ${token.caHash} != ${hash}`,
      ),
    );
  return authority;
}

/** Tries until it succeeds: an agent never gives up. */
export async function joinAsAgent(text: string, server: Server): Promise<Joined> {
  for (;;) {
    try {
      if (!server.named.startsWith('https://'))
        throw new Error(`only https:// URLs are supported, invalid scheme: ${server.named}`);
      const token = parseToken(text, 'node');
      const authority = await believe(server, token);
      const config = await configOf(server, { authority, token });
      return joined(server, { authority, token, config });
    } catch (error) {
      log('error', reasonOf(error));
      await pause(soon);
    }
  }
}

interface Believed {
  readonly authority: string;
  readonly token: Token;
}

const ownCertificate = `${agentDirectory}/client-kubelet`;

/** A node that has joined before proves itself by its certificate: its token may have ended by then. */
function credentials({ authority, token }: Believed): AskOptions {
  const headers = { authorization: authorizationOf(token) };
  if (!existsSync(`${ownCertificate}.crt`)) return { authority, headers };
  return { authority, headers, identity: readPair(ownCertificate) };
}

async function configOf({ url }: Server, believed: Believed): Promise<Joined['config']> {
  for (;;) {
    try {
      // What a server says of itself is a map.
      return JSON.parse(
        await ask(`${url}/v1-k3s/config`, credentials(believed)),
      ) as Joined['config'];
    } catch (error) {
      tellOfConfig(reasonOf(error));
      await pause(later);
    }
  }
}

function tellOfConfig(reason: string): void {
  if (hasFault('old-words'))
    log('error', `Failed to configure agent: failed to get config: ${reason}`);
  else
    log(
      'info',
      `Waiting to retrieve agent configuration; server is not ready: failed to retrieve configuration from server: ${reason}`,
    );
}

function joined({ url }: Server, believed: Believed & Pick<Joined, 'config'>): Joined {
  const { authority, config } = believed;
  const get = (path: string, headers: AskOptions['headers'] = {}) => {
    const known = credentials(believed);
    return ask(`${url}${path}`, { ...known, headers: { ...known.headers, ...headers } });
  };
  return { url, authority, config, get };
}

export interface NodeIdentity {
  readonly name: string;
  readonly password: string;
  readonly address: string;
}

/** A certificate for the kubelet of this node; a name that another machine has is refused, again and again. */
export async function certificateOf(
  server: Joined,
  node: NodeIdentity,
  path: string,
): Promise<string> {
  const headers = {
    'k3s-node-name': node.name,
    'k3s-node-password': node.password,
    'k3s-node-ip': node.address,
    'k3s-node-version': versionText(),
  };
  for (;;) {
    try {
      return await server.get(path, headers);
    } catch (error) {
      if (error instanceof InvalidAnswer && error.status === 403) tellOfName(path, error);
      else tellOfConfig(reasonOf(error));
      await pause(later);
    }
  }
}

function tellOfName(path: string, { said }: InvalidAnswer): void {
  const file = '/etc/rancher/node/password';
  if (hasFault('old-words'))
    log(
      'error',
      `Node password rejected, duplicate hostname or contents of '${file}' may not match server node-passwd entry, try enabling a unique node name with the --with-node-id flag`,
    );
  else
    log('info', `Waiting to retrieve agent configuration; server is not ready: ${path}: ${said}`);
}
