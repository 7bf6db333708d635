import type { Facts, SectionData } from '../../../shared/model/facts.ts';
import type { IdentityMatch } from '../../../shared/model/identity.ts';
import { reasonText, twoStrongest, verdictText } from '../../../shared/model/identity-words.ts';
import { isolated } from '../../ui/isolate.ts';

export function matchTitle(match: IdentityMatch): string {
  return verdictText(match, isolated);
}

const cloneAdvice =
  'Two machines copied from one image share a machine id; give this one its own before both join a cluster.';

/** Why it is thought to be that device, the two weightiest reasons; of a clone also what to do. */
export function matchText(match: IdentityMatch): string {
  const { first } = twoStrongest(match);
  const said = first.map((reason) => reasonText(reason, isolated)).join('; ');
  const text = `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
  return match.verdict === 'clone' ? `${text} ${cloneAdvice}` : text;
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
