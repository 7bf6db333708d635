import { existsSync } from 'node:fs';
import { mustRun, runProgram } from './command.ts';
import {
  addressOf,
  computerHost,
  macOf,
  type NetworkName,
  networkNames,
  networkPlans,
  routerHost,
  wholePrefixOf,
} from './networks.ts';
import type { Leg, NodeSpec } from './node-spec.ts';
import type { RackState } from './state.ts';

/** The rack's switch is a network namespace that holds a bridge per network and every port. */
export const switchName = 'switch';
const namespaceDirectory = '/run/netns';

/** This computer's own leg on management. At most 15 characters, as the kernel wants. */
export function computerLink(state: RackState): string {
  return `rh-${state.id}`;
}

/** Name of a node's port in the switch. */
export function portOf(node: string, network: NetworkName): string {
  return `${node}.${networkPlans[network].vlan}`;
}

const vendors: Partial<Record<NodeSpec['look'], string>> = {
  'pi-4': 'dc:a6:32',
  'pi-5': '2c:cf:67',
};

export function macOfLeg(slot: number, spec: NodeSpec, leg: Leg): string {
  const vendor = vendors[spec.look];
  return macOf(slot, { network: leg.network, host: leg.host, ...(vendor ? { vendor } : {}) });
}

/** `ip -batch` lines for the switch: bridges, this computer's leg, a port per node and network. */
export function switchCommands(state: RackState, slot: number, specs: readonly NodeSpec[]): string {
  const used = networkNames.filter(
    (name) => name === 'management' || specs.some((s) => s.legs.some((l) => l.network === name)),
  );
  const management = networkPlans.management.bridge;
  return [
    'link set lo up',
    ...used.flatMap((name) => {
      const { bridge, mtu } = networkPlans[name];
      return [`link add ${bridge} mtu ${mtu} type bridge forward_delay 0`, `link set ${bridge} up`];
    }),
    `link set computer master ${management} up`,
    ...specs.flatMap((spec) => spec.legs.flatMap((leg) => portCommands(state, slot, spec, leg))),
  ].join('\n');
}

function portCommands(state: RackState, slot: number, spec: NodeSpec, leg: Leg): string[] {
  const port = portOf(spec.name, leg.network);
  const { bridge, mtu, vlan } = networkPlans[leg.network];
  const netns = state.networkNamespace(spec.name);
  const mac = macOfLeg(slot, spec, leg);
  const carrier = carrierOf(spec, leg);
  const add = carrier
    ? `link add link ${portOf(spec.name, carrier.network)} name ${port} type vlan id ${vlan}`
    : `link add ${port} mtu ${mtu} type veth peer name ${leg.interface} mtu ${mtu} address ${mac} netns ${netns}`;
  return [add, `link set ${port} master ${bridge} up`];
}

/** The leg whose cable carries this one with a tag. */
function carrierOf(spec: NodeSpec, leg: Leg): Leg | undefined {
  return leg.taggedOn ? spec.legs.find((one) => one.interface === leg.taggedOn) : undefined;
}

/** A kernel without the 802.1q module has access ports only. */
export async function withPossibleLegs(specs: readonly NodeSpec[]): Promise<readonly NodeSpec[]> {
  const probe = ['--net', 'ip', 'link', 'add', 'link', 'lo', 'name', 'probe', 'type', 'vlan'];
  const { exitCode } = await runProgram('unshare', [...probe, 'id', '2']);
  if (exitCode === 0) return specs;
  return specs.map((spec) => ({ ...spec, legs: spec.legs.filter((leg) => !leg.taggedOn) }));
}

/** `ip -batch` lines for the inside of one node, run at each of its boots. */
export function nodeCommands(slot: number, spec: NodeSpec): string {
  // Down and up again: a restart loses what was set by hand, routes and all.
  const cables = spec.legs.filter((leg) => !leg.taggedOn);
  const lines = cables.flatMap((leg) => [
    `link set ${leg.interface} down`,
    `addr flush dev ${leg.interface}`,
  ]);
  lines.push('link set lo up');
  if (spec.networkManager) return lines.join('\n');
  for (const leg of spec.legs) {
    const own = addressOf(slot, leg.network, leg.host);
    if (leg.taggedOn) {
      const { vlan } = networkPlans[leg.network];
      lines.push(`link add link ${leg.taggedOn} name ${leg.interface} type vlan id ${vlan}`);
    }
    lines.push(`link set ${leg.interface} up`);
    if (!leg.dhcp) lines.push(`addr add ${own.ipv4}/24 broadcast + dev ${leg.interface}`);
    lines.push(`addr add ${own.ipv6}/64 dev ${leg.interface} nodad`);
  }
  if (spec.gateway) {
    const router = addressOf(slot, spec.gateway, routerHost);
    const dhcp = spec.legs.some((leg) => leg.dhcp && leg.network === spec.gateway);
    if (!dhcp) lines.push(`route add default via ${router.ipv4}`);
    lines.push(`route add default via ${router.ipv6}`);
  }
  return lines.join('\n');
}

/** Duplicate address detection would cost each address a second before it can be used. */
const quietKernel =
  'for f in accept_dad accept_ra; do for d in all default; do echo 0 >/proc/sys/net/ipv6/conf/$d/$f; done; done';

async function addNamespace(state: RackState, node: string): Promise<void> {
  const name = state.networkNamespace(node);
  state.record({ kind: 'network-namespace', name });
  await mustRun('ip', ['netns', 'add', name]);
  await mustRun('nsenter', [`--net=${namespaceDirectory}/${name}`, 'sh', '-c', quietKernel]);
}

/** The interfaces that are there when a node boots; others it has made itself. */
export function builtInInterfaces(spec: NodeSpec): readonly string[] {
  return ['lo', ...spec.legs.filter((leg) => !leg.taggedOn).map((leg) => leg.interface)];
}

/** Makes the namespaces, bridges and cables of the whole rack. */
export async function buildFabric(
  state: RackState,
  slot: number,
  specs: readonly NodeSpec[],
): Promise<void> {
  if (!existsSync(namespaceDirectory)) state.record({ kind: 'namespace-directory' });
  await addNamespace(state, switchName);
  await Promise.all(specs.map((spec) => addNamespace(state, spec.name)));
  await connectComputer(state, slot);
  await ipBatch(state, switchName, switchCommands(state, slot, specs));
}

async function connectComputer(state: RackState, slot: number): Promise<void> {
  const link = computerLink(state);
  const own = addressOf(slot, 'management', computerHost);
  const netns = state.networkNamespace(switchName);
  state.record({ kind: 'link', name: link });
  // Only management is reached from here; without these the rest would leave by the default route.
  const rest = wholePrefixOf(slot);
  for (const prefix of Object.values(rest)) state.record({ kind: 'route', prefix });
  const lines = [
    `route add unreachable ${rest.ipv4}`,
    `route add unreachable ${rest.ipv6}`,
    `link add ${link} type veth peer name computer netns ${netns}`,
    `addr add ${own.ipv4}/24 dev ${link}`,
    `link set ${link} up`,
    `addr add ${own.ipv6}/64 dev ${link} nodad`,
  ];
  await mustRun('ip', ['-batch', '-'], { stdin: lines.join('\n') });
}

export async function ipBatch(state: RackState, node: string, lines: string): Promise<void> {
  await mustRun('ip', ['-n', state.networkNamespace(node), '-batch', '-'], { stdin: lines });
}

/** Takes the node's cables off at the switch: nothing passes, and what it still says is not heard. */
export async function cutCables(state: RackState, spec: NodeSpec): Promise<void> {
  await ipBatch(state, switchName, portCommandsTo(spec, 'down'));
}

export async function joinCables(state: RackState, spec: NodeSpec): Promise<void> {
  await ipBatch(state, switchName, portCommandsTo(spec, 'up'));
}

export function portCommandsTo(spec: NodeSpec, to: 'up' | 'down'): string {
  const lines = spec.legs.map((leg) => `link set ${portOf(spec.name, leg.network)} ${to}`);
  return `${lines.join('\n')}\n`;
}

/** Runs a program in the network of a node (or of the switch), with this computer's files. */
export function inNetworkOf(state: RackState, node: string): readonly [string, string] {
  return ['nsenter', `--net=${namespaceDirectory}/${state.networkNamespace(node)}`];
}
