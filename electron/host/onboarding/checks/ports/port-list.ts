import type { NodeRole } from '../../../../../shared/onboarding/role.ts';

export interface NeededPort {
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  /** What it is for, as a person calls it. */
  readonly use: string;
  /** Who reaches whom. */
  readonly between: 'all' | 'to-servers' | 'among-servers';
}

/** What K3s needs between its machines, with flannel over VXLAN; see its list of requirements. */
const neededPorts: readonly NeededPort[] = [
  { port: 6443, protocol: 'tcp', use: 'the API server', between: 'to-servers' },
  { port: 2379, protocol: 'tcp', use: 'etcd', between: 'among-servers' },
  { port: 2380, protocol: 'tcp', use: 'etcd', between: 'among-servers' },
  { port: 10_250, protocol: 'tcp', use: 'the kubelet', between: 'all' },
  { port: 8_472, protocol: 'udp', use: 'the network of the pods (VXLAN)', between: 'all' },
];

/** The ports of a machine of role `to` that one of role `from` has to reach. */
export function portsBetween(from: NodeRole, to: NodeRole): readonly NeededPort[] {
  const [fromServer, toServer] = [from === 'control-plane', to === 'control-plane'];
  return neededPorts.filter(({ between }) =>
    between === 'all' ? true : between === 'to-servers' ? toServer : fromServer && toServer,
  );
}
