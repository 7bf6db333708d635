import { createHash } from 'node:crypto';
import { open, readdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { EngineIdentity } from '../../../../shared/containers/engine.ts';
import { DockerError } from '../../connections/docker/index.ts';

/** A context of the docker command, as its files say. */
export interface DockerContext {
  readonly name: string;
  /** `unix:///var/run/docker.sock`, `ssh://ada@gpu-1`, `tcp://gpu-1:2376`. */
  readonly endpoint: string;
  readonly current: boolean;
  readonly skipVerify: boolean;
}

const meta = z.object({
  Name: z.string().min(1).max(300),
  Endpoints: z.record(
    z.string(),
    z.object({
      Host: z.string().max(2_000).default(''),
      SkipTLSVerify: z.boolean().default(false),
    }),
  ),
});

const mostContexts = 100;
const mostBytes = 256 * 1024;

/** Where the docker command keeps what it knows. */
function configDirectory(environment: NodeJS.ProcessEnv): string {
  return environment.DOCKER_CONFIG || path.join(os.homedir(), '.docker');
}

/** All contexts of this computer, by name; one that cannot be read is left out. */
export async function listDockerContexts(
  environment: NodeJS.ProcessEnv = process.env,
): Promise<DockerContext[]> {
  const directory = configDirectory(environment);
  const folder = path.join(directory, 'contexts', 'meta');
  const names = await readdir(folder).catch(() => []);
  const current = await currentContext(directory);
  const found: DockerContext[] = [];
  for (const name of names.slice(0, mostContexts)) {
    const context = await readContext(path.join(folder, name, 'meta.json'));
    if (context !== null) found.push({ ...context, current: context.name === current });
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Throws DOCKER_CONTEXT_INVALID. */
export async function dockerContext(
  name: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<DockerContext> {
  const all = await listDockerContexts(environment);
  const context = all.find((one) => one.name === name);
  if (context !== undefined) return context;
  throw new DockerError('DOCKER_CONTEXT_INVALID', `There is no Docker context ${name} here.`);
}

/** The certificates of a context; null where it has none. */
export async function contextIdentity(
  name: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<EngineIdentity | null> {
  const id = createHash('sha256').update(name).digest('hex');
  const folder = path.join(configDirectory(environment), 'contexts', 'tls', id, 'docker');
  const file = (called: string) => readText(path.join(folder, called)).catch(() => null);
  const [ca, cert, key] = [await file('ca.pem'), await file('cert.pem'), await file('key.pem')];
  return ca === null && cert === null && key === null ? null : { ca, cert, key };
}

async function currentContext(directory: string): Promise<string | null> {
  const config = z.object({ currentContext: z.string().optional() });
  try {
    const text = await readText(path.join(directory, 'config.json'));
    return config.parse(JSON.parse(text)).currentContext ?? null;
  } catch {
    return null; // none, or one that the docker command could not read either
  }
}

async function readContext(file: string): Promise<Omit<DockerContext, 'current'> | null> {
  try {
    const { Name, Endpoints } = meta.parse(JSON.parse(await readText(file)));
    const docker = Endpoints.docker;
    return {
      name: Name,
      endpoint: docker?.Host ?? '',
      skipVerify: docker?.SkipTLSVerify ?? false,
    };
  } catch {
    return null; // left behind, or of another program
  }
}

async function readText(file: string): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    if (size > mostBytes) throw new Error('too large');
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}
