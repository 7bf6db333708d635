import path from 'node:path';
import { quote } from '../../../../connections/ssh/index.ts';
import { notPossible } from '../../../../engine/phases/index.ts';
import type { Asked, Renderer } from '../renderer.ts';
import { familiesOf, familyOf, type IpFamily, type Wanted } from '../wanted.ts';
import { type IniSection, iniText, pairOf, replaced, sectionsOf, valuesOf } from './ini-text.ts';

const own = '/etc/systemd/network';

/** systemd-networkd, by its `.network` files. */
export const networkd: Renderer = {
  id: 'networkd',
  name: 'systemd-networkd',
  patterns: [
    `${own}/*.network`,
    '/usr/lib/systemd/network/*.network',
    '/run/systemd/network/*.network',
  ],

  edit({ files, wanted, named }) {
    if (wanted.vlan !== null)
      throw notPossible('A VLAN of systemd-networkd takes several files; set it up there first.');
    const target = fileFor({ files, wanted, named });
    const before = files.get(target.path) ?? null;
    const text = before ?? files.get(target.from) ?? `[Match]\nName=${wanted.link}\n`;
    return {
      path: target.path,
      before,
      after: networkText(text, wanted, target.alone),
      mode: 0o644,
    };
  },

  activation: ({ link }) => ({
    check: [],
    activate: [
      `{ networkctl reload && networkctl reconfigure ${quote(link)}; } || systemctl restart systemd-networkd`,
    ],
  }),
};

/**
 * The file that is in effect, where it is the interface's alone and may be edited; else one of the same name
 * in /etc, which counts instead, or one that is read before.
 */
function fileFor({ files, wanted, named }: Asked): { path: string; from: string; alone: boolean } {
  const first = `${own}/05-rackhelm-${wanted.link}.network`;
  if (named === null) return { path: first, from: first, alone: true };
  const alone = matchesOnly(files.get(named) ?? '', wanted);
  if (alone) return { path: `${own}/${path.posix.basename(named)}`, from: named, alone };
  return { path: first, from: named, alone };
}

function matchesOnly(text: string, { link, mac }: Wanted): boolean {
  const match = sectionsOf(text).find(({ name }) => name === 'Match');
  if (!match) return false;
  const [names, macs] = [valuesOf(match, 'Name'), valuesOf(match, 'MACAddress')];
  if (names.join(' ') === link) return true;
  return names.length === 0 && mac !== null && macs.join(' ').toLowerCase() === mac;
}

export function networkText(text: string, wanted: Wanted, alone: boolean): string {
  const families = new Set(familiesOf(wanted));
  let sections = sectionsOf(text).filter((section) => !isReplaced(section, families));
  if (!alone) sections = [...matching(wanted), ...sections.filter(({ name }) => name !== 'Match')];
  if (!sections.some(({ name }) => name === 'Network')) {
    const end = sections.length > 0 && iniText(sections).endsWith('\n') ? [] : [''];
    sections = [...sections, { name: 'Network', lines: [...end, '[Network]', ''] }];
  }
  let seen = false;
  sections = sections.flatMap((section) => {
    if (section.name !== 'Network') return [section];
    const lines = seen ? [] : networkLines(wanted, dhcpOf(sections));
    seen = true;
    return [replaced(section, (pair) => isOurs(pair, wanted, families), lines)];
  });
  return iniText(sections);
}

function matching({ link }: Wanted): IniSection[] {
  return [{ name: 'Match', lines: ['[Match]', `Name=${link}`, ''] }];
}

/** A section of its own for an address or a default route of a family that is set. */
function isReplaced(section: IniSection, families: ReadonlySet<IpFamily>): boolean {
  const ofOurs = (value: string) => families.has(familyOf(value));
  if (section.name === 'Address') return valuesOf(section, 'Address').some(ofOurs);
  if (section.name !== 'Route') return false;
  const [gateway] = valuesOf(section, 'Gateway');
  const [to = 'default'] = valuesOf(section, 'Destination');
  const isDefault = ['default', '0.0.0.0/0', '::/0'].includes(to);
  return gateway !== undefined && isDefault && ofOurs(gateway);
}

function isOurs(
  { key, value }: { readonly key: string; readonly value: string },
  { dns, search }: Wanted,
  families: ReadonlySet<IpFamily>,
): boolean {
  if (key === 'Address' || key === 'Gateway') return families.has(familyOf(value));
  if (key === 'DNS') return dns.length > 0;
  if (key === 'Domains') return search.length > 0;
  return key === 'DHCP';
}

function networkLines(
  { addresses, gateways, dns, search }: Wanted,
  dhcp: readonly IpFamily[] | null,
): string[] {
  const left = dhcp?.filter((family) => !addresses.some((one) => familyOf(one) === family)) ?? null;
  return [
    ...(left === null ? [] : [`DHCP=${dhcpWord(left)}`]),
    ...addresses.map((address) => `Address=${address}`),
    ...gateways.map((gateway) => `Gateway=${gateway}`),
    ...dns.map((server) => `DNS=${server}`),
    ...(search.length > 0 ? [`Domains=${search.join(' ')}`] : []),
  ];
}

function dhcpWord(families: readonly IpFamily[]): string {
  if (families.length === 2) return 'yes';
  return families.length === 0 ? 'no' : `ipv${families[0]}`;
}

/** The families that ask DHCP so far; null where no word is said of it. */
function dhcpOf(sections: readonly IniSection[]): IpFamily[] | null {
  const said = sections.filter(({ name }) => name === 'Network').flatMap(({ lines }) => lines);
  const pairs = said.map(pairOf).filter((pair) => pair?.key === 'DHCP');
  const value = pairs.at(-1)?.value.toLowerCase();
  if (value === undefined) return null;
  if (value === 'ipv4' || value === 'v4') return [4];
  if (value === 'ipv6' || value === 'v6') return [6];
  return ['yes', 'true', '1', 'on', 'both'].includes(value) ? [4, 6] : [];
}
