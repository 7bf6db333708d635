import { z } from 'zod';
import { type Facts, factsSchema, type ObservedInterface } from './facts.ts';

/** More than a person reads; a machine may tell of 20,000 interfaces. */
const mostItems = 300;
const mostAddresses = 50;
/** Of all interfaces together. */
const mostAddressesAtAll = 2_000;

/** Facts as a window gets them: of long lists only the first items, so that no message is huge. */
export const shownFacts = factsSchema.extend({
  /** How many items a section has beyond those that are here; `addresses`: those of interfaces. */
  leftOut: z.record(z.string(), z.number().int()).optional(),
});
export type ShownFacts = z.infer<typeof shownFacts>;

/** The same, where nothing is long. */
export function toShow(facts: Facts): ShownFacts {
  const leftOut: Record<string, number> = {};
  const sections = Object.entries(facts.sections).map(([name, section]) => {
    if (section.status !== 'ok' || !Array.isArray(section.data)) return [name, section];
    const beyond = section.data.length - mostItems;
    if (beyond > 0) leftOut[name] = beyond;
    return [name, { ...section, data: section.data.slice(0, mostItems) }];
  });
  // Each section stands under the name that it had.
  const shown = Object.fromEntries(sections) as Facts['sections'];
  if (shown.interfaces.status === 'ok') {
    const { links, beyond } = withFewAddresses(shown.interfaces.data);
    shown.interfaces = { ...shown.interfaces, data: links };
    if (beyond > 0) leftOut.addresses = beyond;
  }
  const isWhole = Object.keys(leftOut).length === 0;
  return isWhole ? facts : { ...facts, sections: shown, leftOut };
}

function withFewAddresses(interfaces: readonly ObservedInterface[]) {
  let left = mostAddressesAtAll;
  let beyond = 0;
  const links = interfaces.map((link) => {
    const addresses = link.addresses.slice(0, Math.min(mostAddresses, left));
    left -= addresses.length;
    beyond += link.addresses.length - addresses.length;
    return { ...link, addresses };
  });
  return { links, beyond };
}
