import type { NodeRole } from '../../../../shared/onboarding/role.ts';
import type { Check } from '../../engine/checks/index.ts';
import type { NetworkConsent } from './raw.ts';
import type { Preflight } from './read.ts';

/** What is meant to become of the machine. Plain data. */
export interface CheckContext {
  readonly role: NodeRole;
  readonly plan: {
    /** The host name that it is to have; null: the one that it has. */
    readonly name: string | null;
    /** Addresses that it is to have, with or without prefix length. */
    readonly addresses: readonly string[];
    /** Of pods and services of the cluster. */
    readonly cidrs: readonly string[];
  };
  readonly network: NetworkConsent;
  /** Name of the cluster that it is a node of, so that what K3s has there is no leftover. */
  readonly memberOf?: string | null;
}

/** Those of K3s where nobody chose others. */
export const defaultCidrs: readonly string[] = ['10.42.0.0/16', '10.43.0.0/16'];

export type MachineCheck = Check<Preflight, CheckContext>;
