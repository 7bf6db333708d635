import { quote } from '../../../../connections/ssh/index.ts';
import { notPossible } from '../../../../engine/phases/index.ts';
import type { Renderer } from '../renderer.ts';
import { familiesOf, ofFamily, type Wanted } from '../wanted.ts';

const path = '/etc/dhcpcd.conf';

/** dhcpcd, by the block of the interface in its configuration. */
export const dhcpcd: Renderer = {
  id: 'dhcpcd',
  name: 'dhcpcd',
  patterns: [path],

  edit({ files, wanted }) {
    if (wanted.vlan !== null)
      throw notPossible('dhcpcd makes no VLANs; set the VLAN up there by other means first.');
    for (const family of [4, 6] as const)
      if (ofFamily(wanted.addresses, family).length > 1)
        throw notPossible('dhcpcd takes one address of each family for an interface.');
    const before = files.get(path) ?? null;
    return { path, before, after: dhcpcdText(before ?? '', wanted), mode: 0o644 };
  },

  activation: ({ link }) => ({
    check: [
      // It reads the file before it looks for a lease; what it cannot read it says, and goes on.
      `said=$(dhcpcd -f "$f" -U ${quote(link)} 2>&1); case $said in *'nknown option'* | *'invalid'*) echo "$said" >&2; false ;; esac`,
    ],
    activate: [
      'if [ -d /run/systemd/system ]; then systemctl restart dhcpcd; else dhcpcd -x; sleep 1; dhcpcd; fi',
    ],
  }),
};

const ours = /^\s*static\s+(ip_address|ip6_address|routers|domain_name_servers|domain_search)\s*=/;

export function dhcpcdText(text: string, wanted: Wanted): string {
  const lines = text.split('\n');
  const begins = lines.findIndex((line) => line.trim() === `interface ${wanted.link}`);
  if (begins === -1) {
    const end = text === '' || text.endsWith('\n\n') ? '' : text.endsWith('\n') ? '\n' : '\n\n';
    return `${text}${end}interface ${wanted.link}\n${staticLines(wanted).join('\n')}\n`;
  }
  let ends = begins + 1;
  while (ends < lines.length && !/^\s*(interface|ssid|profile)\s/.test(lines[ends] ?? ''))
    ends += 1;
  const block = lines.slice(begins + 1, ends);
  const first = block.findIndex((line) => isOurs(line, wanted));
  const kept = block.filter((line) => !isOurs(line, wanted));
  const at = Math.max(first, 0);
  const next = [...kept.slice(0, at), ...staticLines(wanted), ...kept.slice(at)];
  return [...lines.slice(0, begins + 1), ...next, ...lines.slice(ends)].join('\n');
}

function isOurs(line: string, wanted: Wanted): boolean {
  const key = ours.exec(line)?.[1];
  const families = familiesOf(wanted);
  switch (key) {
    case 'ip_address':
    case 'routers':
      return families.includes(4);
    case 'ip6_address':
      return families.includes(6);
    case 'domain_name_servers':
      return wanted.dns.length > 0;
    case 'domain_search':
      return wanted.search.length > 0;
    default:
      return false;
  }
}

function staticLines({ addresses, gateways, dns, search }: Wanted): string[] {
  const [routers, v4, v6] = [ofFamily(gateways, 4), ofFamily(addresses, 4), ofFamily(addresses, 6)];
  return [
    ...v4.map((address) => `static ip_address=${address}`),
    ...v6.map((address) => `static ip6_address=${address}`),
    ...(routers.length > 0 ? [`static routers=${routers.join(' ')}`] : []),
    ...(dns.length > 0 ? [`static domain_name_servers=${dns.join(' ')}`] : []),
    ...(search.length > 0 ? [`static domain_search=${search.join(' ')}`] : []),
  ];
}
