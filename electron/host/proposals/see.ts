import { serviceKey } from '../../../shared/cluster/drift/workload-names.ts';
import type { Facts } from '../../../shared/model/facts.ts';
import type { ServiceRow } from '../../../shared/model/inventory.ts';
import type { SeenThing } from '../db/index.ts';
import { declares } from './declares.ts';
import { type SeenPrefix, type SeenVlan, seenPrefixes, seenVlans } from './seen-networks.ts';
import { type SeenService, seenServices } from './seen-services.ts';
import type { Thing } from './thing.ts';

export interface SeeInput {
  readonly deviceId: string;
  readonly deviceName: string;
  /** Null: never read. */
  readonly facts: Facts | null;
  /** Declared to run on it. */
  readonly services: readonly ServiceRow[];
}

/** Everything of a device's newest facts that could be declared, each under its stable key. */
export function see(input: SeeInput): readonly SeenThing[] {
  const { facts } = input;
  if (facts === null) return [];
  const services = seenServices(facts);
  return [
    ...services.map((service) => serviceThing(service, services, input)),
    ...vlanThings(seenVlans(facts)),
    ...seenPrefixes(facts).map(prefixThing),
  ];
}

function serviceThing(
  service: SeenService,
  all: readonly SeenService[],
  { deviceId, deviceName, services }: SeeInput,
): SeenThing {
  const { product, everywhere, web, process, ports, notes, local, container } = service;
  const name = everywhere ? product : nameOn(nameOf(service, all), deviceName);
  return thing(
    {
      key: keyOf(service, deviceId),
      name,
      local,
      declared: services.some((declared) => declares(declared, service, { deviceId, name })),
    },
    {
      kind: 'service',
      serviceKind: service.kind,
      everywhere,
      web,
      process,
      ports: ports.map((port) => ({ ...port, addresses: [...port.addresses] })),
      notes: [...notes],
      container,
    },
  );
}

/**
 * By its lowest port: that stays the same whoever reads, also where only root is told the process,
 * and when a second port is opened.
 */
function keyOf({ product, everywhere, ports }: SeenService, deviceId: string): string {
  if (everywhere) return serviceKey(product);
  const [first] = ports;
  const mark = first === undefined ? product : `${first.protocol}/${first.port}`;
  return `service/${deviceId}/${mark}`;
}

/** `PostgreSQL on db-1`; of what only its port tells, `Service at db-1:4321`. */
function nameOn(name: string, deviceName: string): string {
  const [, what, port] = /^(.+) on port (\d+)$/.exec(name) ?? [];
  return what === undefined ? `${name} on ${deviceName}` : `${what} at ${deviceName}:${port}`;
}

/** The second database of a machine is told apart by its port. */
function nameOf({ product, instances, ports }: SeenService, all: readonly SeenService[]): string {
  const same = all.filter((other) => other.product === product);
  const isOneOfSeveral = instances && same.length > 1;
  return isOneOfSeveral ? `${product} ${ports[0]?.port ?? ''}`.trim() : product;
}

function vlanThings(seen: readonly SeenVlan[]): readonly SeenThing[] {
  const byNumber = new Map<number, SeenVlan[]>();
  for (const vlan of seen) {
    const known = byNumber.get(vlan.number) ?? [];
    if (known.length === 0) byNumber.set(vlan.number, known);
    known.push(vlan);
  }
  return [...byNumber].map(([number, links]) => {
    const name = links.find((link) => link.name !== null)?.name ?? null;
    return thing(
      { key: `vlan/${number}`, name: name ?? `VLAN ${number}`, named: name !== null },
      {
        kind: 'vlan',
        number,
        links: links.map(({ interface: link, parent, source }) => ({
          interface: link,
          parent,
          source,
        })),
      },
    );
  });
}

function prefixThing({ prefix, vlan, addresses }: SeenPrefix): SeenThing {
  return thing(
    { key: `prefix/${prefix}`, name: prefix },
    { kind: 'prefix', prefix, vlan, addresses: [...addresses] },
  );
}

function thing(head: Pick<SeenThing, 'key' | 'name'> & Partial<SeenThing>, body: Thing): SeenThing {
  return {
    area: body.kind === 'service' ? 'services' : 'networks',
    named: true,
    local: false,
    declared: false,
    ...head,
    body: JSON.stringify(body),
  };
}
