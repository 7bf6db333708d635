import { createHash } from 'node:crypto';
import { newestKubernetes } from '../cluster/versions.ts';

export const standinVersion = `v${newestKubernetes}+k3s1`;

/**
 * What stands for the one binary that K3s is: a file that any node of the rack's profile `k3s` can run.
 * `version` is what it says of itself; another one is another file with another hash.
 */
export function launcherText(version: string = standinVersion): string {
  const place = '/opt/k3s-standin';
  return [
    '#!/bin/sh',
    `export K3S_STANDIN_VERSION='${version}'`,
    `exec ${place}/node_modules/node/bin/node --disable-warning=ExperimentalWarning ${place}/test/k3s/main.ts "$@"`,
    '',
  ].join('\n');
}

/** The same for the phase that lays it down. */
export function k3sFile(version: string = standinVersion) {
  const text = launcherText(version);
  return { text, version, sha256: createHash('sha256').update(text).digest('hex') };
}
