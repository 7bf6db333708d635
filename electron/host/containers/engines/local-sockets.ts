import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DockerError } from '../../connections/docker/index.ts';

export interface LocalSocket {
  readonly path: string;
  readonly usable: boolean;
}

/** Where engines of this computer listen, the one for all first. */
function usualSockets(environment: NodeJS.ProcessEnv = process.env): string[] {
  if (process.platform === 'win32') return ['//./pipe/docker_engine'];
  const run = environment.XDG_RUNTIME_DIR ?? `/run/user/${os.userInfo().uid}`;
  return [
    '/var/run/docker.sock',
    `${run}/docker.sock`,
    path.join(os.homedir(), '.docker', 'run', 'docker.sock'),
    '/run/podman/podman.sock',
    `${run}/podman/podman.sock`,
  ];
}

export async function localSockets(): Promise<LocalSocket[]> {
  const found: LocalSocket[] = [];
  for (const one of usualSockets()) {
    const there = await stat(one).catch(() => null);
    if (there?.isSocket() !== true) continue;
    const usable = await access(one, constants.R_OK | constants.W_OK).then(
      () => true,
      () => false,
    );
    found.push({ path: one, usable });
  }
  return found;
}

/** The first that may be used. Throws DOCKER_SOCKET_MISSING, DOCKER_SOCKET_DENIED. */
export async function usualSocket(): Promise<string> {
  const all = await localSockets();
  const good = all.find(({ usable }) => usable);
  if (good !== undefined) return good.path;
  const [denied] = all;
  if (denied !== undefined) {
    throw new DockerError('DOCKER_SOCKET_DENIED', `You may not use ${denied.path}.`, {
      hint: 'Add yourself to the group docker, or use a rootless engine; then log in anew.',
    });
  }
  throw new DockerError('DOCKER_SOCKET_MISSING', 'This computer has no container engine.', {
    hint: 'Install Docker or Podman, or name the socket if it lies elsewhere.',
  });
}

/** As a person types a path. */
export function absoluteSocket(typed: string): string {
  return typed.startsWith('~/') ? path.join(os.homedir(), typed.slice(2)) : typed;
}
