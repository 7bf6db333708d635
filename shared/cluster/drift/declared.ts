/** The inventory's side of the comparison. */

export interface DeclaredDevice {
  readonly id: string;
  readonly name: string;
  readonly architecture: string | null;
  readonly cores: number | null;
  /** Bytes. */
  readonly memory: number | null;
  /** Without prefix lengths. */
  readonly addresses: readonly string[];
  readonly gpus: number;
  readonly tags: readonly string[];
}

export interface DeclaredMember {
  readonly id: string;
  readonly deviceId: string;
  readonly role: string;
}

export interface DeclaredService {
  readonly id: string;
  readonly name: string;
  readonly clusterId: string | null;
  readonly namespace: string | null;
  readonly replicas: number | null;
  /** Ids of devices, and of the services that it needs. */
  readonly runsOn: readonly string[];
  readonly needs: readonly string[];
}

/** Why a node may be a device, the strongest first. */
export const nodeEvidence = ['machine-id', 'name', 'address'] as const;
export type NodeEvidence = (typeof nodeEvidence)[number];

export interface NodeCandidate {
  readonly deviceId: string;
  readonly by: NodeEvidence;
}

export interface Declared {
  readonly cluster: { readonly id: string; readonly name: string; readonly version: string | null };
  readonly members: readonly DeclaredMember[];
  /** Members, and what nodes may be. */
  readonly devices: ReadonlyMap<string, DeclaredDevice>;
  /** By the name of the node. */
  readonly candidates: ReadonlyMap<string, readonly NodeCandidate[]>;
  /** Of this cluster, and those of none. */
  readonly services: readonly DeclaredService[];
  /** Keys that somebody dismissed. */
  readonly dismissed: ReadonlySet<string>;
}
