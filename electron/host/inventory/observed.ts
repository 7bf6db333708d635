import type { Facts } from '../../../shared/model/facts.ts';
import type { Observed } from '../db/index.ts';
import { comparedFields } from './compared-fields.ts';
import { interfacePath, readInterfacePath } from './interface-path.ts';
import { comparedInterfaces, ownAddresses } from './interface-rules.ts';

/** Key under which it stands whether the interfaces could be read at all. */
export const interfacesKey = 'interfaces';

/** Keys of evidence that is compared with nothing: where it was reached, and its way out. */
export const reachedKey = 'reached';
export const defaultRouteKey = 'default-route';

/** The compared part of facts, one observation per key; keys are the paths of the comparison. */
export function observationsOf(facts: Facts): readonly Observed[] {
  return [
    ...fieldObservations(facts),
    ...interfaceObservations(facts),
    ...routeObservations(facts),
  ];
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
    const path = interfacePath(link.name);
    observed.push(seen(path, link.kind));
    if (link.mac !== null) observed.push(seen(`${path}/mac`, link.mac.toLowerCase()));
    if (link.mtu !== null) observed.push(seen(`${path}/mtu`, String(link.mtu)));
    if (link.vlanId !== null) observed.push(seen(`${path}/vlan`, String(link.vlanId)));
    if (link.parent !== null) observed.push(seen(`${path}/parent`, link.parent));
    for (const { address, role, origin } of ownAddresses(link)) {
      observed.push(seen(`${path}/address/${address}`, origin === 'fixed' ? role : origin));
    }
  }
  return observed;
}

/** By which of its addresses a machine is known best: see db/derived.ts. */
function routeObservations({ reachedAt, sections: { routes } }: Facts): readonly Observed[] {
  const seen = (key: string, value: string | undefined): readonly Observed[] =>
    value === undefined ? [] : [{ key, value, reason: null }];
  const ways = routes.status === 'ok' ? routes.data : [];
  const out = ways
    .filter(({ destination }) => destination === 'default')
    .sort((a, b) => (a.metric ?? 0) - (b.metric ?? 0) || a.family.localeCompare(b.family));
  return [...seen(reachedKey, reachedAt?.address), ...seen(defaultRouteKey, out[0]?.interface)];
}

export interface ObservedLink {
  readonly name: string;
  readonly kind: string;
  readonly mac: string | null;
  readonly mtu: number | null;
  readonly vlanId: number | null;
  readonly parent: string | null;
  readonly addresses: readonly ObservedRole[];
}

interface ObservedRole {
  readonly address: string;
  readonly role: string;
  /** It is another one when the provider, the router or the DHCP server says so. */
  readonly byItself: boolean;
}

type Draft = { -readonly [K in keyof ObservedLink]: ObservedLink[K] } & {
  addresses: ObservedRole[];
};

/** Puts the interfaces together again from their observations, in the order of their names. */
export function linksOf(observed: ReadonlyMap<string, Observed>): readonly ObservedLink[] {
  const links = new Map<string, Draft>();
  const reached = observed.get(reachedKey)?.value ?? null;
  const parts: [Draft, string, string, string][] = [];
  for (const { key, value } of observed.values()) {
    const path = readInterfacePath(key);
    if (path === undefined) continue;
    const link = links.get(path.name) ?? newDraft(path.name);
    links.set(path.name, link);
    parts.push([link, path.part, path.rest, value ?? '']);
  }
  const told = new Set<Draft>();
  for (const [link, part, rest, value] of parts) {
    if (part === '') {
      link.kind = value;
      told.add(link);
    } else if (part === 'mac') link.mac = value;
    else if (part === 'mtu') link.mtu = Number(value);
    else if (part === 'vlan') link.vlanId = Number(value);
    else if (part === 'parent') link.parent = value;
    else if (part === 'address') link.addresses.push(readRole(rest, value, reached));
  }
  return [...told].sort((a, b) => byName.compare(a.name, b.name));
}

/** A lease by which the machine was reached is worth declaring: who wants it wants to find it. */
function readRole(address: string, value: string, reached: string | null): ObservedRole {
  const lease = value === 'lease' && reached !== null && !address.startsWith(`${reached}/`);
  return {
    address,
    role: value === 'virtual' ? 'virtual' : 'host',
    byItself: value === 'autoconf' || lease,
  };
}

function newDraft(name: string): Draft {
  return { name, kind: 'other', mac: null, mtu: null, vlanId: null, parent: null, addresses: [] };
}

const byName = new Intl.Collator('en', { numeric: true });
