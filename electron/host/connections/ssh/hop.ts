import type { AlgorithmKind } from './algorithm-lists.ts';
import type { AuthMethodName, StrictHostKeys } from './host-settings.ts';
import { knownHostsName } from './known-hosts.ts';

/** One machine on the way to the target, with everything that is needed to log in there. */
export interface Hop {
  /** As the person or the configuration wrote it. */
  readonly alias: string;
  /** The name or address to dial. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Under which its key stands in known_hosts. */
  readonly keyName: string;
  /** The same without a HostKeyAlias. */
  readonly addressName: string;
  /** Under which its key stood before it moved to this address: that key is as good here. */
  readonly formerKeyName?: string;
  /** The key file that the caller named; it has to be usable. */
  readonly namedIdentity: string | null;
  /** From the configuration or the defaults; those that do not exist are passed over. */
  readonly identityFiles: readonly string[];
  /** Whether the configuration names them. */
  readonly identitiesConfigured: boolean;
  readonly identitiesOnly: boolean;
  /** CertificateFile of the configuration; those beside the keys need no word. */
  readonly certificateFiles?: readonly string[];
  readonly agentSocket: string | null;
  readonly knownHostsFiles: readonly string[];
  /** ConnectTimeout of the configuration. */
  readonly timeoutMs: number | null;
  /** The blob of a public key, base64: no other key is shown to it. */
  readonly onlyKey?: string;
  /** The machine before it, through which it is reached. */
  readonly via: Hop | null;
  /** What else the configuration says of this machine. */
  readonly configured: ConfiguredConnection;
}

/** Settings of the ssh configuration; what is absent is as Rackhelm does it by default. */
export interface ConfiguredConnection {
  /** Only addresses of this family. */
  readonly addressFamily?: 4 | 6;
  /** BindAddress: the address that the connection comes from. */
  readonly bindAddress?: string;
  /** BindInterface: the interface whose address the connection comes from. */
  readonly bindInterface?: string;
  readonly strictHostKeys?: StrictHostKeys;
  /** Ways to log in, in the order in which they are tried; absent: all, in the usual order. */
  readonly authMethods?: readonly AuthMethodName[];
  /** NumberOfPasswordPrompts. */
  readonly passwordPrompts?: number;
  /** ServerAliveInterval; 0 asks for none. */
  readonly keepaliveMs?: number;
  readonly keepaliveCount?: number;
  readonly algorithms?: Partial<Readonly<Record<AlgorithmKind, readonly string[]>>>;
  /** Whether host key algorithms keep their order whatever known_hosts holds. */
  readonly hostKeysInOrder?: boolean;
  /** PubkeyAcceptedAlgorithms: with which a user's key may sign, certificates by their own names. */
  readonly acceptedKeyAlgorithms?: readonly string[];
  /** What ssh would do and Rackhelm does not, one sentence each. */
  readonly notHonoured?: readonly string[];
}

/**
 * The same machine under another address: a HostKeyAlias is its name there as well, and without one
 * it is known by the key that it had under the former address.
 */
export function movedHop(hop: Hop, host: string): Hop {
  const addressName = knownHostsName(host, hop.port);
  if (hop.keyName !== hop.addressName) return { ...hop, host, addressName };
  return { ...hop, host, addressName, keyName: addressName, formerKeyName: hop.keyName };
}

/** Two targets with the same key are served by one connection. */
export function hopKey(hop: Hop): string {
  const { alias: _alias, timeoutMs: _timeoutMs, configured, via, ...rest } = hop;
  const { notHonoured: _notHonoured, ...settings } = configured;
  return JSON.stringify([Object.values(rest), settings, via && hopKey(via)]);
}

/** `user@host:port` of every jump host, first to last. */
export function jumpChain(hop: Hop): string[] {
  return hop.via ? [...jumpChain(hop.via), describeHop(hop.via)] : [];
}

export function describeHop(hop: Hop): string {
  const host = hop.host.includes(':') ? `[${hop.host}]` : hop.host;
  return `${hop.user}@${host}:${hop.port}`;
}
