import { activeFaults } from './faults/index.ts';
import { type AddressPair, addressOf, type NetworkName } from './networks.ts';
import { initOf } from './node-process.ts';
import type { NodeSpec } from './node-spec.ts';
import { mainAddress } from './ssh-config.ts';
import type { RackDescription, RackState } from './state.ts';

export interface NodeStatus {
  readonly name: string;
  readonly state: 'up' | 'down';
  readonly addresses: Partial<Record<NetworkName, AddressPair>>;
  /** The address to connect to: directly, or from the jump host. */
  readonly address: string;
  readonly port: number;
  readonly user: string;
  readonly identityFile: string;
  readonly jump: string | null;
  readonly faults: readonly string[];
}

export function addressesOf(slot: number, spec: NodeSpec): NodeStatus['addresses'] {
  return Object.fromEntries(
    spec.legs.map((leg) => [leg.network, addressOf(slot, leg.network, leg.host)]),
  );
}

export function statusOf(state: RackState, description: RackDescription): readonly NodeStatus[] {
  return description.specs.map((spec) => ({
    name: spec.name,
    state: initOf(state, spec.name) ? 'up' : 'down',
    addresses: addressesOf(description.slot, spec),
    address: mainAddress(description.slot, spec),
    port: 22,
    user: 'root',
    identityFile: state.path('keys', 'root'),
    jump: spec.jump ?? null,
    faults: activeFaults(state, spec.name),
  }));
}
