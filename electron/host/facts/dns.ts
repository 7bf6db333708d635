import { isIP } from 'node:net';
import { failed, ok, type SectionParser } from './outcome.ts';

export const parseDns: SectionParser<'dns'> = (evidence) => {
  const own = evidence.lines('/etc/resolv.conf');
  if (!own) {
    const denied = evidence.unreadable('/etc/resolv.conf');
    return failed(
      denied
        ? '/etc/resolv.conf may not be read.'
        : 'There is no /etc/resolv.conf, or it is empty.',
    );
  }
  const dns = readResolvConf(own);
  // systemd-resolved answers at 127.0.0.53 and keeps the real servers in a file of its own.
  const isStub =
    dns.servers.length > 0 && dns.servers.every((server) => /^127\.0\.0\.5[34]$/.test(server));
  const behind = isStub ? evidence.lines('/run/systemd/resolve/resolv.conf') : undefined;
  const real = behind ? readResolvConf(behind) : dns;
  return ok(real.servers.length > 0 ? real : dns);
};

function readResolvConf(lines: readonly string[]): { servers: string[]; search: string[] } {
  const servers = new Set<string>();
  let search: string[] = [];
  for (const line of lines) {
    const [keyword, ...values] = line
      .replace(/[#;].*/, '')
      .trim()
      .split(/\s+/);
    const [server = ''] = values;
    if (keyword === 'nameserver' && isIP(server.split('%', 1)[0] ?? '') !== 0) servers.add(server);
    // resolv.conf(5): the last of these lines counts. A single dot means none.
    if (keyword === 'search' || keyword === 'domain')
      search = values.filter((name) => name !== '.');
  }
  return { servers: [...servers], search };
}
