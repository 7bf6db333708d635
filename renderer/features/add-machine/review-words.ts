import type { Facts, SectionData } from '../../../shared/model/facts.ts';
import type { IdentityMatch } from '../../../shared/model/inventory.ts';
import { isolated } from '../../ui/isolate.ts';

export function matchTitle(match: IdentityMatch): string {
  const name = isolated(match.deviceName);
  switch (match.verdict) {
    case 'same':
      return `This is ${name}, which is in the inventory already.`;
    case 'clone-suspected':
      return `This looks like a clone of ${name}.`;
    case 'weak':
      return `This may be ${name}.`;
  }
}

const keyWords: Readonly<Record<string, string>> = {
  'machine-id': 'machine id',
  serial: 'serial number',
  mac: 'MAC address',
  hostname: 'host name',
  address: 'address',
};

/** Why it is thought to be that device; for a clone, also what to do about it. */
export function matchText(match: IdentityMatch): string {
  const keys = match.keys
    .map(({ key, value }) => `${keyWords[key] ?? key} ${isolated(value)}`)
    .join(', ');
  if (match.verdict !== 'clone-suspected') return `Both have ${keys}.`;
  return `Both have ${keys}, but other hardware. Two machines copied from one image share a machine id; give this one its own before both join a cluster.`;
}

/** Addresses that say where a machine is: neither its loopback nor link-local ones. */
export function addressesText(interfaces: SectionData<'interfaces'>): string {
  return interfaces
    .filter((each) => each.kind !== 'loopback')
    .flatMap((each) => each.addresses.map(({ address }) => address))
    .filter((address) => !address.startsWith('fe80:'))
    .join(', ');
}

const readable = (name: string) => name.replace(/([A-Z])/g, ' $1').toLowerCase();

/** Sections that failed; what the machine plainly has not is no failure. */
export function unreadSections(facts: Facts): string[] {
  return Object.entries(facts.sections)
    .filter(([, section]) => section.status === 'failed')
    .map(([name]) => readable(name));
}
