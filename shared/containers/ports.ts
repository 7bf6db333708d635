/** One port as the engine lists it. */
export interface ListedPort {
  readonly IP: string;
  readonly PrivatePort: number;
  readonly PublicPort: number;
  readonly Type: string;
}

export interface PublishedPort {
  /** On the machine. */
  readonly port: number;
  readonly inside: number;
  readonly protocol: string;
  /** Where it listens; `*`: on all addresses of the machine. */
  readonly address: string;
  /**
   * Whoever reaches the machine reaches it: the engine writes its own rules, which ufw and firewalld do
   * not see.
   */
  readonly open: boolean;
}

const everywhere = new Set(['0.0.0.0', '::', '']);

/** Those that are published, each once whatever the number of addresses, by number. */
export function publishedPorts(listed: readonly ListedPort[]): PublishedPort[] {
  const found = new Map<string, PublishedPort>();
  for (const { IP, PrivatePort: inside, PublicPort: port, Type } of listed) {
    if (port === 0) continue;
    const open = everywhere.has(IP);
    const address = open ? '*' : IP;
    const protocol = Type || 'tcp';
    found.set(`${address} ${port} ${protocol}`, { port, inside, protocol, address, open });
  }
  return [...found.values()].sort((a, b) => a.port - b.port);
}

/** `*:8080 → 80/tcp`, `127.0.0.1:5432`. */
export function portText({ port, inside, protocol, address }: PublishedPort): string {
  const from = address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
  const kind = protocol === 'tcp' ? '' : `/${protocol}`;
  return inside === port ? `${from}${kind}` : `${from} → ${inside}${kind}`;
}

export function openText(ports: readonly PublishedPort[]): string | null {
  const open = ports.filter((port) => port.open).map(({ port }) => String(port));
  if (open.length === 0) return null;
  const several = open.length > 1;
  return `${several ? 'Ports' : 'Port'} ${open.join(', ')} ${several ? 'are' : 'is'} open on all addresses of the machine. Docker lets it past ufw and firewalld; publish it as 127.0.0.1:PORT:PORT, or on one address, where that is not meant.`;
}
