import { createHash } from 'node:crypto';
import { quote } from '../../../../connections/ssh/index.ts';
import { notPossible } from '../../../../engine/phases/index.ts';
import type { Renderer } from '../renderer.ts';
import { familiesOf, type IpFamily, ofFamily, type Wanted } from '../wanted.ts';
import { iniText, replaced, sectionsOf, valuesOf } from './ini-text.ts';

const own = '/etc/NetworkManager/system-connections';

/** NetworkManager, by the key file of the connection. */
export const networkManager: Renderer = {
  id: 'NetworkManager',
  name: 'NetworkManager',
  patterns: [`${own}/*`],

  edit({ files, wanted, named }) {
    if (wanted.vlan !== null)
      throw notPossible(
        'A VLAN of NetworkManager is a connection of its own; make it there first.',
      );
    // One that it made up by itself is not in a file of /etc, and goes with the next start.
    const path = named?.startsWith(`${own}/`)
      ? named
      : `${own}/rackhelm-${wanted.link}.nmconnection`;
    const before = files.get(path) ?? null;
    return { path, before, after: connectionText(before ?? newText(wanted), wanted), mode: 0o600 };
  },

  activation: ({ link }, { path, after }) => {
    const uuid = uuidOf(after ?? '');
    return {
      // Those before 1.40 cannot look at a file without loading it.
      check: [
        `! nmcli --offline connection add type dummy ifname d0 >/dev/null 2>&1 || nmcli --offline connection modify connection.autoconnect yes <"$f" >/dev/null`,
      ],
      activate: [
        `nmcli connection reload`,
        `[ ! -e ${quote(path)} ] || nmcli connection load ${quote(path)}`,
        `if [ -e ${quote(path)} ] && [ -n ${quote(uuid)} ]; then nmcli --wait 30 connection up ${uuid === '' ? "''" : `uuid ${quote(uuid)}`} ifname ${quote(link)}; else nmcli --wait 30 device connect ${quote(link)}; fi`,
      ],
    };
  },
};

function uuidOf(text: string): string {
  const connection = sectionsOf(text).find(({ name }) => name === 'connection');
  const [uuid = ''] = connection ? valuesOf(connection, 'uuid') : [];
  return /^[0-9a-f-]{36}$/i.test(uuid) ? uuid : '';
}

function newText({ link }: Wanted): string {
  const hash = createHash('sha256').update(`rackhelm ${link}`).digest('hex');
  const uuid = `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
  return [
    '[connection]',
    `id=rackhelm-${link}`,
    `uuid=${uuid}`,
    'type=ethernet',
    // Before the one that NetworkManager makes up by itself.
    'autoconnect-priority=100',
    `interface-name=${link}`,
    '',
  ].join('\n');
}

export function connectionText(text: string, wanted: Wanted): string {
  return familiesOf(wanted).reduce((now, family) => withFamily(now, wanted, family), text);
}

const ours = /^(method|address(es)?\d*|gateway|may-fail)$/;

function withFamily(text: string, wanted: Wanted, family: IpFamily): string {
  const name = `ipv${family}`;
  let sections = sectionsOf(text);
  if (!sections.some((section) => section.name === name)) {
    const end = text.endsWith('\n') ? [] : [''];
    sections = [...sections, { name, lines: [...end, `[${name}]`, ''] }];
  }
  const dns = ofFamily(wanted.dns, family);
  const search = family === familiesOf(wanted)[0] ? wanted.search : [];
  const isOurs = ({ key }: { readonly key: string }) =>
    ours.test(key) ||
    (key === 'dns' && wanted.dns.length > 0) ||
    (key === 'dns-search' && wanted.search.length > 0);
  const [gateway] = ofFamily(wanted.gateways, family);
  const lines = [
    ...ofFamily(wanted.addresses, family).map(
      (address, index) =>
        `address${index + 1}=${address}${index === 0 && gateway !== undefined ? `,${gateway}` : ''}`,
    ),
    ...(dns.length > 0 ? [`dns=${dns.join(';')};`] : []),
    ...(search.length > 0 ? [`dns-search=${search.join(';')};`] : []),
    'method=manual',
  ];
  return iniText(
    sections.map((section) => (section.name === name ? replaced(section, isOurs, lines) : section)),
  );
}
