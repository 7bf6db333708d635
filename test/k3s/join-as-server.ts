import { ask } from './ask.ts';
import type { Joining } from './etcd.ts';
import { Fatal, log, reasonOf } from './log.ts';
import { takeBootstrapData } from './server-files.ts';
import type { SharedConfig } from './supervisor.ts';
import { authorizationOf, hashOf, parseToken } from './token.ts';

export interface ServerJoin {
  readonly url: string;
  readonly token: string;
  readonly shared: SharedConfig;
}

interface InfoAnswer {
  readonly members: readonly {
    readonly clientURLs: readonly string[];
    readonly isLearner?: boolean;
  }[];
}

const asked = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    throw new Fatal(`starting kubernetes: preparing server: ${reasonOf(error)}`);
  }
};

/** Takes over the secrets of the cluster. Where an agent tries again, a server ends. */
export async function joinAsServer({ url, token: text, shared }: ServerJoin): Promise<Joining> {
  if (!url.startsWith('https://'))
    throw new Fatal(
      `starting kubernetes: preparing server: only https:// URLs are supported, invalid scheme: ${url}`,
    );
  const token = await asked((async () => parseToken(text, 'server'))());
  const authority = await asked(
    ask(`${url}/cacerts`).catch((error: unknown) => {
      throw new Error(`failed to get CA certs: ${reasonOf(error)}`);
    }),
  );
  const hash = hashOf(authority);
  if (token.caHash !== null && token.caHash !== hash)
    throw new Fatal(
      `starting kubernetes: preparing server: token CA hash does not match the Cluster CA certificate hash: ${token.caHash} != ${hash}`,
    );
  const options = { authority, headers: { authorization: authorizationOf(token) } };
  const get = (path: string) => asked(ask(`${url}${path}`, options));
  const files = JSON.parse(await get('/v1-k3s/server-bootstrap')) as Record<string, string>;
  mustBeAlike(shared, JSON.parse(await get('/v1-k3s/config')) as SharedConfig);
  const { members } = JSON.parse(await get('/db/info')) as InfoAnswer;
  takeBootstrapData(files);
  log('info', `Joining etcd cluster of ${url}`);
  const voters = members.filter(({ isLearner }) => !isLearner);
  return { endpoints: voters.flatMap(({ clientURLs }) => clientURLs) };
}

function mustBeAlike(own: SharedConfig, theirs: SharedConfig): void {
  const different = Object.keys(theirs).filter(
    (key) => JSON.stringify(own[key]) !== JSON.stringify(theirs[key]),
  );
  if (different.length === 0) return;
  throw new Fatal(
    `starting kubernetes: preparing server: failed to validate server configuration: critical configuration value mismatch between servers: ${different.join(', ')}`,
  );
}
