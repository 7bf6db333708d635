import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import type { Rack } from '../rack/index.ts';
import { launcherText, standinVersion } from './launcher.ts';
import { must } from './on-rack.ts';

/** What stands at /usr/local/bin/k3s in a test. */
export interface K3sBinary {
  readonly isReal: boolean;
  /** As a file on this computer; `directory` is where one may be made. */
  file(directory: string): {
    readonly path: string;
    readonly version: string;
    readonly sha256: string;
  };
  /** What it needs besides to run on machines of the rack. */
  prepare(rack: Rack): Promise<void>;
}

const sha256Of = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');

export const standin: K3sBinary = {
  isReal: false,
  file(directory) {
    const text = launcherText();
    const file = path.join(directory, 'k3s');
    writeFileSync(file, text);
    return { path: file, version: standinVersion, sha256: sha256Of(text) };
  },
  prepare: async () => {},
};

/**
 * The kernel below the rack's machines is old and small: no vxlan, groups of the first version, and layers
 * that containers cannot lie on. No registry is reached, so nothing that K3s brings along is to run.
 */
const surroundings = {
  agent: { snapshotter: 'native', 'kubelet-arg': ['config=/etc/rack/kubelet.yaml'] },
  server: {
    'flannel-backend': 'host-gw',
    disable: ['coredns', 'local-storage', 'metrics-server', 'servicelb', 'traefik'],
  },
};

const kubelet = {
  apiVersion: 'kubelet.config.k8s.io/v1beta1',
  kind: 'KubeletConfiguration',
  failCgroupV1: false,
};

/** K3s itself, where RACKHELM_K3S names its binary; null: it does not. */
export function realK3s(): K3sBinary | null {
  const file = process.env.RACKHELM_K3S;
  if (!file) return null;
  return {
    isReal: true,
    file() {
      const said = execFileSync(file, ['--version'], { encoding: 'utf8' });
      const version = /^k3s version (\S+)/m.exec(said)?.[1];
      if (!version) throw new Error(`RACKHELM_K3S names ${file}, which is no K3s.`);
      return { path: file, version, sha256: sha256Of(readFileSync(file)) };
    },
    async prepare(rack) {
      for (const node of rack.nodes) {
        const isServer = node.name.startsWith('server');
        const config = { ...surroundings.agent, ...(isServer ? surroundings.server : {}) };
        const directory = '/etc/rancher/k3s/config.yaml.d';
        const place = `mkdir -p ${directory} && cat >${directory}/rack.yaml`;
        await must(node, place, stringify(config));
        await must(node, 'cat >/etc/rack/kubelet.yaml', stringify(kubelet));
      }
    },
  };
}
