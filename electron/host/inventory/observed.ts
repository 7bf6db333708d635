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
  const names = [...observed.keys()].flatMap((key) => {
    const name = /^interface\/([^/]+)$/.exec(key)?.[1];
    return name === undefined ? [] : [name];
  });
  const value = (key: string) => observed.get(key)?.value ?? null;
  const number = (key: string) => (value(key) === null ? null : Number(value(key)));
  return names
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((name) => {
      const path = `interface/${name}`;
      const start = `${path}/address/`;
      return {
        name,
        kind: value(path) ?? 'other',
        mac: value(`${path}/mac`),
        mtu: number(`${path}/mtu`),
        vlanId: number(`${path}/vlan`),
        parent: value(`${path}/parent`),
        addresses: [...observed.values()]
          .filter(({ key }) => key.startsWith(start))
          .map(({ key, value: role }) => ({
            address: key.slice(start.length),
            role: role ?? 'host',
          })),
      };
    });
}
