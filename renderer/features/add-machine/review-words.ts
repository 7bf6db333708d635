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

/** As many as a person would look at. */
const mostAddresses = 40;

/** Addresses that say where a machine is: neither its loopback nor link-local ones. */
export function addressesText(interfaces: SectionData<'interfaces'>): string {
  const all = interfaces
    .filter((each) => each.kind !== 'loopback')
    .flatMap((each) => each.addresses.map(({ address }) => address))
    .filter((address) => !address.startsWith('fe80:'));
  const text = all.slice(0, mostAddresses).join(', ');
  return all.length > mostAddresses ? `${text} and more` : text;
}

const readable = (name: string) => name.replace(/([A-Z])/g, ' $1').toLowerCase();

/** Sections that failed; what the machine plainly has not is no failure. */
export function unreadSections(facts: Facts): string[] {
  return Object.entries(facts.sections)
    .filter(([, section]) => section.status === 'failed')
    .map(([name]) => readable(name));
}
