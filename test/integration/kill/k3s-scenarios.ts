import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { K3sServer, k3sFile, must, prepareByHand } from '../../k3s/index.ts';
import type { Rack } from '../../rack/index.ts';
import { clusterFor } from '../k3s/cluster-side.ts';
import type { NodeScenario } from './node-scenario.ts';

const scenario = (
  node: string,
  phase: string,
  params: (rack: Rack) => Record<string, unknown>,
): NodeScenario => ({
  ...{ name: `${phase} of ${node}`, node, user: 'deploy', phase },
  params: async (rack) => params(rack),
});

/** A file on this computer that goes with the rack. */
function fileOf(rack: Rack, name: string, content: string) {
  const path = rack.state.path(name);
  writeFileSync(path, content);
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { sha256, source: { from: 'here', path } };
}

/** What K3s has done by the time it starts, which no undo takes back: it harms nobody. */
const beforehand = 'modprobe br_netfilter; modprobe overlay; sysctl -qw net.ipv4.ip_forward=1';

/** Every phase of a join that changes its machine. */
export const k3sScenarios: readonly NodeScenario[] = [
  {
    ...scenario('agent-1', 'k3s-start', () => ({
      ...{ role: 'agent', init: 'systemd', timeoutMs: 120_000, cluster: clusterFor('agent-1') },
      version: k3sFile().version,
    })),
    prepare: async (rack) => {
      const server = new K3sServer(rack.node('server-1'));
      const node = rack.node('agent-1');
      await prepareByHand(node, 'agent', { server: server.url, token: await server.agentToken() });
      await must(node, beforehand);
    },
    unsteady:
      /^(var\/lib\/(rancher|kubelet|cni)|etc\/rancher\/node|etc\/cni|state (daemons|routes))/,
  },
  scenario('agent-2', 'k3s-binary', (rack) => {
    const { text, version } = k3sFile();
    return { version, ...fileOf(rack, 'k3s-binary', text) };
  }),
  scenario('agent-2', 'k3s-images', (rack) => ({
    ...{ name: 'brought.tar', ...fileOf(rack, 'brought.tar', 'no image') },
  })),
  scenario('agent-2', 'k3s-registries', () => ({
    registries: [{ host: 'docker.io', endpoint: 'https://registry.home:5000' }],
  })),
  scenario('agent-2', 'k3s-config', () => ({
    settings: { role: 'agent', nodeName: 'agent-2', server: 'https://10.0.0.1:6443' },
  })),
  {
    ...scenario('agent-2', 'k3s-token', () => ({
      ...{ clusterId: clusterFor('agent-2').clusterId, role: 'agent', nodeName: 'agent-2' },
    })),
    byChance: /^etc\/rancher\/k3s\/token$/,
  },
  scenario('agent-2', 'k3s-service', () => ({ role: 'agent', init: 'systemd' })),
];
