import { kindOf } from '../../../shared/model/kinds/index.ts';
import { canonicalNetwork } from '../../../shared/model/kinds/typed.ts';
import { type Database, newId } from '../db/index.ts';
import type { DocumentPath, ReadDocument } from './rack-document.ts';

type NetworkType = Parameters<typeof canonicalNetwork>[0];

/** Inside the change set of an import: ranges, virtual addresses and cables, once the devices are there. */
export function importNetworks(db: Database, { content, problem }: ReadDocument): void {
  const { records, devices } = db.tables;
  const canonical = canonicalIn(problem);
  const interfaceAt = (called: string, path: DocumentPath): string => {
    const [id] = records.idsByName(kindOf('interface'), called, 1);
    if (id !== undefined) return id;
    throw problem(path, 'there is no interface of that name');
  };
  for (const [index, { prefix, purpose }] of content.prefixes.entries()) {
    const text = canonical('prefix', prefix, ['prefixes', index, 'prefix']);
    records.insert(kindOf('prefix'), newId(), { prefix: text, purpose });
  }
  for (const [index, { range, role, server }] of content.ranges.entries()) {
    const path = ['ranges', index];
    const device = server === null ? null : devices.idByName(server);
    if (device === undefined) throw problem([...path, 'server'], 'there is no device of that name');
    const text = canonical('range', range, [...path, 'range']);
    records.insert(kindOf('ip-range'), newId(), { range: text, role, server: device });
  }
  for (const [index, { address, sharing, holders }] of content.virtualAddresses.entries()) {
    const path = ['virtualAddresses', index];
    const id = newId();
    const text = canonical('host-address', address, [...path, 'address']);
    records.insert(kindOf('address'), id, { address: text, role: 'virtual', sharing });
    for (const [place, holder] of holders.entries()) {
      const link = interfaceAt(holder, [...path, 'holders', place]);
      records.insert(kindOf('address-holder'), newId(), { address: id, interface: link });
    }
  }
  for (const [index, { label, type, colour, a, b }] of content.cables.entries()) {
    const path = ['cables', index];
    const cable = newId();
    records.insert(kindOf('cable'), cable, { label, type, colour, status: 'connected' });
    for (const [side, end] of [['a', a] as const, ['b', b] as const]) {
      const link = interfaceAt(end, [...path, side]);
      const values = { cable, side, lane: 1, interface: link };
      records.insert(kindOf('cable-end'), newId(), values);
    }
  }
}

/** The same for what is reached from where, once the services are there. */
export function importExposures(db: Database, { content, problem }: ReadDocument): void {
  const { records, services } = db.tables;
  const canonical = canonicalIn(problem);
  for (const [index, { name, exposed }] of content.services.entries()) {
    const service = services.idByName(name) ?? null;
    for (const [place, { address, from, ...values }] of exposed.entries()) {
      const path = ['services', index, 'exposed', place, 'address'];
      const [at] =
        address === null ? [null] : db.tables.addresses.idsOf(canonical('address', address, path));
      if (at === undefined) throw problem(path, 'no interface has that address');
      const kept = { ...values, service, address: at, reachableFrom: from };
      records.insert(kindOf('exposure'), newId(), kept);
    }
  }
}

const canonicalIn =
  (problem: ReadDocument['problem']) =>
  (type: NetworkType, text: string, path: DocumentPath): string => {
    const canonical = canonicalNetwork(type, text);
    if (canonical === undefined) throw problem(path, `this is no ${type.replace('-', ' ')}`);
    return canonical;
  };
