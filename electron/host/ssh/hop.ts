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
  /** The key file that the caller named; it has to be usable. */
  readonly namedIdentity: string | null;
  /** From the configuration or the defaults; those that do not exist are passed over. */
  readonly identityFiles: readonly string[];
  /** Whether the configuration names them. */
  readonly identitiesConfigured: boolean;
  readonly identitiesOnly: boolean;
  readonly agentSocket: string | null;
  readonly knownHostsFiles: readonly string[];
  /** ConnectTimeout of the configuration. */
  readonly timeoutMs: number | null;
  /** The machine before it, through which it is reached. */
  readonly via: Hop | null;
}

/** Two targets with the same key are served by one connection. */
export function hopKey(hop: Hop): string {
  const { alias: _alias, timeoutMs: _timeoutMs, via, ...rest } = hop;
  return JSON.stringify([Object.values(rest), via && hopKey(via)]);
}

/** `user@host:port` of every jump host, first to last. */
export function jumpChain(hop: Hop): string[] {
  return hop.via ? [...jumpChain(hop.via), describeHop(hop.via)] : [];
}

export function describeHop(hop: Hop): string {
  const host = hop.host.includes(':') ? `[${hop.host}]` : hop.host;
  return `${hop.user}@${host}:${hop.port}`;
}
