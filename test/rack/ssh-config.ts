import { addressOf, networkNames } from './networks.ts';
import type { NodeSpec } from './node-spec.ts';
import type { RackDescription, RackState } from './state.ts';

/** The address under which this computer, or the node's jump host, reaches the node. */
export function mainAddress(slot: number, spec: NodeSpec): string {
  for (const network of networkNames) {
    const leg = spec.legs.find((one) => one.network === network);
    if (leg) return addressOf(slot, network, leg.host).ipv4;
  }
  throw new Error(`${spec.name} has no leg`); // no profile makes such a node
}

/** An OpenSSH client configuration with one `Host` per node. */
export function sshConfigText(state: RackState, description: RackDescription): string {
  const blocks = description.specs.map((spec) =>
    [
      `Host ${spec.name}`,
      `  HostName ${mainAddress(description.slot, spec)}`,
      '  Port 22',
      '  User root',
      `  IdentityFile ${state.path('keys', 'root')}`,
      '  IdentitiesOnly yes',
      `  UserKnownHostsFile ${state.path('known_hosts')}`,
      ...(spec.jump ? [`  ProxyJump ${spec.jump}`] : []),
    ].join('\n'),
  );
  return `# The rack ${state.name}\n${blocks.join('\n\n')}\n`;
}
