import type { Facts, SectionData } from '../../../shared/model/facts.ts';
import type { IdentityVerdict } from '../../../shared/model/identity.ts';

/** How likely it is, before the reasons; where it plainly is that device these say it. */
export function likelihood(verdict: IdentityVerdict): string {
  switch (verdict) {
    case 'same':
      return '';
    case 'probably-same':
      return 'Probably:';
    case 'clone':
      return 'It looks like a clone of that one.';
    case 'another':
      return 'Rather not:';
  }
}

export const cloneAdvice =
  'Machines copied from one image share a machine id; give this one its own before both join a cluster.';

/** A clause as a sentence of its own. */
export function sentence(text: string): string {
  const begun = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return begun.endsWith('…') ? begun : `${begun}.`;
}

const mostAddresses = 12;

/** Addresses that say where a machine is: neither its loopback nor link-local ones. The first of many. */
export function addressesText(interfaces: SectionData<'interfaces'>): string {
  const addresses = interfaces
    .filter((each) => each.kind !== 'loopback')
    .flatMap((each) => each.addresses.map(({ address }) => address))
    .filter((address) => !address.startsWith('fe80:'));
  const more = addresses.length - mostAddresses;
  const shown = addresses.slice(0, mostAddresses).join(', ');
  return more > 0 ? `${shown} and ${more.toLocaleString('en')} more` : shown;
}

/** What a section is called where its own name is a tool's. */
const sectionWords: Readonly<Record<string, string>> = {
  cpu: 'processor',
  gpus: 'graphics',
  os: 'system',
  lldp: 'neighbours (LLDP)',
  dns: 'DNS',
};

const readable = (name: string) =>
  sectionWords[name] ?? name.replace(/([A-Z])/g, ' $1').toLowerCase();

/** Sections that failed; what the machine plainly has not is no failure. */
export function unreadSections(facts: Facts): string[] {
  return Object.entries(facts.sections)
    .filter(([, section]) => section.status === 'failed')
    .map(([name]) => readable(name));
}
