import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from '../cluster/api.ts';
import { write } from './files.ts';
import { log, reasonOf } from './log.ts';
import { agentDirectory } from './places.ts';

let isOver = false;
let hasRoutes = false;

/** For whoever ends K3s. */
export function forgetRoutes(): void {
  isOver = true;
  // busybox knows no protocols, and would take all routes away.
  if (!hasRoutes) return;
  spawnSync('ip', ['route', 'flush', 'proto', '80']);
}

interface NodeObject {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly podCIDR?: string };
  readonly status?: { readonly addresses?: readonly { type: string; address: string }[] };
}

const conflist = `${agentDirectory}/etc/cni/net.d/10-flannel.conflist`;

function bridgeOf(subnet: string): string {
  const ipam = { type: 'host-local', ranges: [[{ subnet }]], routes: [{ dst: '0.0.0.0/0' }] };
  const bridge = {
    ...{ type: 'bridge', bridge: 'cni0', isGateway: true, ipMasq: false, hairpinMode: true },
    ipam,
  };
  const plugins = [bridge, { type: 'portmap', capabilities: { portMappings: true } }];
  return JSON.stringify({ name: 'cbr0', cniVersion: '0.4.0', plugins });
}

function goesTo(subnet: string, { status }: NodeObject): void {
  const address = status?.addresses?.find(({ type }) => type === 'InternalIP')?.address;
  if (!address || isOver) return;
  hasRoutes = true;
  spawnSync('ip', ['route', 'replace', subnet, 'via', address, 'proto', '80']);
}

async function once(api: Api, own: string): Promise<void> {
  const { items } = (await api.must('GET', '/api/v1/nodes')) as { items: readonly NodeObject[] };
  for (const node of items) {
    const subnet = node.spec.podCIDR;
    if (!subnet) continue;
    if (node.metadata.name !== own) goesTo(subnet, node);
    else if (!existsSync(conflist)) {
      mkdirSync('/run/flannel', { recursive: true });
      writeFileSync('/run/flannel/subnet.env', `FLANNEL_SUBNET=${subnet}\n`);
      write(conflist, bridgeOf(subnet), 0o644);
      log('info', 'Wrote flannel subnet file to /run/flannel/subnet.env');
    }
  }
}

/**
 * Pods of all nodes reach each other, by a route to each: the kernel here has no vxlan, which is K3s's way.
 * There is a link of the name that it would have, and the routes go with K3s as they would with that link.
 */
export async function keepPodNetwork(api: Api, own: string): Promise<never> {
  spawnSync('sysctl', ['-qw', 'net.ipv4.ip_forward=1']);
  spawnSync('ip', ['link', 'add', 'flannel.1', 'type', 'bridge']);
  spawnSync('ip', ['link', 'set', 'flannel.1', 'up']);
  for (;;) {
    await once(api, own).catch((error: unknown) => log('error', `flannel: ${reasonOf(error)}`));
    await sleep(1_000);
  }
}
