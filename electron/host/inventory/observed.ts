import type { Facts } from '../../../shared/model/facts.ts';
import type { Observed } from '../db/index.ts';
import { comparedFields } from './compared-fields.ts';
import { comparedInterfaces, ownAddresses } from './interface-rules.ts';

/** Key under which it stands whether the interfaces could be read at all. */
export const interfacesKey = 'interfaces';

/** The compared part of facts, one observation per key; keys are the paths of the comparison. */
export function observationsOf(facts: Facts): readonly Observed[] {
  return [...fieldObservations(facts), ...interfaceObservations(facts)];
}

function fieldObservations(facts: Facts): readonly Observed[] {
  return comparedFields.map(({ field, section, read }) => {
    const { status, ...rest } = facts.sections[section];
    const value = status === 'ok' ? read(facts) : null;
    const why = 'reason' in rest ? rest.reason : 'The machine did not tell it.';
    return value === null
      ? { key: field, value: null, reason: why }
      : { key: field, value: String(value), reason: null };
  });
}

function interfaceObservations(facts: Facts): readonly Observed[] {
  const section = facts.sections.interfaces;
  if (section.status !== 'ok') {
    return [{ key: interfacesKey, value: null, reason: section.reason }];
  }
  const seen = (key: string, value: string): Observed => ({ key, value, reason: null });
  const observed = [seen(interfacesKey, 'ok')];
  for (const link of comparedInterfaces(facts)) {
    const path = `interface/${link.name}`;
    observed.push(seen(path, link.kind));
    if (link.mac !== null) observed.push(seen(`${path}/mac`, link.mac.toLowerCase()));
    if (link.mtu !== null) observed.push(seen(`${path}/mtu`, String(link.mtu)));
    if (link.vlanId !== null) observed.push(seen(`${path}/vlan`, String(link.vlanId)));
    if (link.parent !== null) observed.push(seen(`${path}/parent`, link.parent));
    for (const { address, role } of ownAddresses(link)) {
      observed.push(seen(`${path}/address/${address}`, role));
    }
  }
  return observed;
}

export interface ObservedLink {
  readonly name: string;
  readonly kind: string;
  readonly mac: string | null;
  readonly mtu: number | null;
  readonly vlanId: number | null;
  readonly parent: string | null;
  readonly addresses: readonly { readonly address: string; readonly role: string }[];
}

/** Puts the interfaces together again from their observations, in the order of their names. */
export function linksOf(observed: ReadonlyMap<string, Observed>): readonly ObservedLink[] {
  const value = (key: string) => observed.get(key)?.value ?? null;
  const number = (key: string) => (value(key) === null ? null : Number(value(key)));
  const addresses = addressesByInterface(observed);
  return [...observed.keys()]
    .flatMap((key) => /^interface\/([^/]+)$/.exec(key)?.[1] ?? [])
    .sort(byName.compare)
    .map((name) => {
      const path = `interface/${name}`;
      return {
        name,
        kind: value(path) ?? 'other',
        mac: value(`${path}/mac`),
        mtu: number(`${path}/mtu`),
        vlanId: number(`${path}/vlan`),
        parent: value(`${path}/parent`),
        addresses: addresses.get(name) ?? [],
      };
    });
}

const byName = new Intl.Collator('en', { numeric: true });

function addressesByInterface(observed: ReadonlyMap<string, Observed>) {
  const found = new Map<string, { address: string; role: string }[]>();
  for (const { key, value: role } of observed.values()) {
    const [, name, address] = /^interface\/([^/]+)\/address\/(.+)$/.exec(key) ?? [];
    if (name === undefined || address === undefined) continue;
    const known = found.get(name) ?? [];
    if (known.length === 0) found.set(name, known);
    known.push({ address, role: role ?? 'host' });
  }
  return found;
}
