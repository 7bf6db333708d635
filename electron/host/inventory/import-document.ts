import { RackhelmError } from '../../../shared/model/errors.ts';
import { kindOf } from '../../../shared/model/kinds/index.ts';
import { type Database, newId, parseAddress, parseMac, parsePrefix } from '../db/index.ts';
import { insertDevice } from './devices.ts';
import { importExposures, importNetworks } from './import-networks.ts';
import {
  type DocumentPath,
  type RackDocument,
  type ReadDocument,
  readDocument,
} from './rack-document.ts';

const gib = 1024 ** 3;

/**
 * Imports a rack document as one change set. Throws FILE_INVALID with the line, or DUPLICATE when
 * something of that name is there already; nothing is kept then.
 */
export function importDocument(
  db: Database,
  text: string,
  title: string,
): { changeSetId: string; devices: number } {
  const document = readDocument(text);
  const { changeSetId } = db.change({ title, source: 'import' }, () => {
    refuseClashes(db, document.content);
    const importer = createImporter(db, document);
    importer.placesAndVlans();
    importer.devices();
    importNetworks(db, document);
    importer.services();
    importExposures(db, document);
  });
  return { changeSetId, devices: document.content.devices.length };
}

/** Sites may be there already: a rack is added to them. Everything else must be new. */
function refuseClashes(db: Database, content: RackDocument): void {
  const { places, vlans, devices, services, records } = db.tables;
  const siteRacks = content.racks.filter(({ site, name }) => {
    const siteId = places.siteIdByName(site);
    return siteId !== undefined && places.rackIdByName(siteId, name) !== undefined;
  });
  const clashes = [
    ...siteRacks.map(({ name }) => `rack ${name}`),
    ...content.vlans
      .filter((vlan) => vlans.idByNumber(vlan.number) ?? vlans.idByName(vlan.name))
      .map(({ number, name }) => `VLAN ${number} (${name})`),
    ...[...content.vlans.flatMap(({ prefixes }) => prefixes), ...content.prefixes]
      .map(({ prefix }) => prefix)
      .filter((text) => {
        const prefix = parsePrefix(text);
        return prefix !== undefined && vlans.hasPrefix(prefix);
      })
      .map((text) => `prefix ${text}`),
    ...content.cables
      .filter(({ label }) => records.idsByName(kindOf('cable'), label, 1).length > 0)
      .map(({ label }) => `cable ${label}`),
    ...content.ranges
      .filter(({ range }) => records.idsByName(kindOf('ip-range'), range, 1).length > 0)
      .map(({ range }) => `range ${range}`),
    ...content.devices.filter(({ name }) => devices.idByName(name)).map(({ name }) => name),
    ...content.services.filter(({ name }) => services.idByName(name)).map(({ name }) => name),
  ];
  if (clashes.length === 0) return;
  const shown = clashes.slice(0, 3).join(', ');
  const more = clashes.length > 3 ? ` and ${clashes.length - 3} more` : '';
  throw new RackhelmError('DUPLICATE', `The inventory has these already: ${shown}${more}.`, {
    hint: 'Delete or rename them first; nothing was imported.',
    data: { names: clashes },
  });
}

function createImporter(db: Database, { content, problem }: ReadDocument) {
  const { places, vlans, devices, services, interfaces, tags, notes, records } = db.tables;
  const rackIds = new Map<string, string>();
  const vlanIds = new Map<string, string>();

  /** Looks a name up, or fails at the place of the file that says it. */
  const find = (id: string | undefined, path: DocumentPath, what: string): string => {
    if (id !== undefined) return id;
    throw problem(path, `there is no ${what} of that name`);
  };
  /** Adds the line to what the inventory itself refuses: a name twice, a unit taken. */
  const at = <T>(path: DocumentPath, work: () => T): T => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof RackhelmError) || error.code === 'FILE_INVALID') throw error;
      throw problem(path, error.message);
    }
  };
  const once = (names: Map<string, string>, name: string, path: DocumentPath) => {
    if (names.has(name.toLowerCase())) throw problem(path, `${name} stands here twice`);
  };

  const addInterface = (
    deviceId: string,
    entry: RackDocument['devices'][number]['interfaces'][number],
    path: DocumentPath,
  ) => {
    const { name, kind, mtu, speedMbps } = entry;
    const id = interfaces.insert({ deviceId, name, kind, mtu, speedMbps });
    if (entry.type !== null || entry.poe !== null || entry.disabled) {
      const { type, poe } = entry;
      records.update(kindOf('interface'), id, { type, poe, disabled: entry.disabled || null });
    }
    if (entry.mac !== null) {
      const mac = parseMac(entry.mac);
      if (mac === undefined) throw problem([...path, 'mac'], 'this is no MAC address');
      interfaces.setMacs(id, [mac]);
    }
    for (const [index, text] of entry.addresses.entries()) {
      const address = text.includes('/') ? parseAddress(text) : undefined;
      if (address === undefined) {
        throw problem([...path, 'addresses', index], 'this is no address with prefix length');
      }
      interfaces.addAddress(id, address, 'host');
    }
    if (entry.untagged !== null) {
      const vlan = vlanIds.get(entry.untagged.toLowerCase());
      interfaces.joinVlan(id, find(vlan, [...path, 'untagged'], 'VLAN'), false);
    }
    for (const [index, tagged] of entry.tagged.entries()) {
      const vlan = vlanIds.get(tagged.toLowerCase());
      interfaces.joinVlan(id, find(vlan, [...path, 'tagged', index], 'VLAN'), true);
    }
  };

  return {
    placesAndVlans() {
      for (const { name, comment } of content.sites) {
        if (places.siteIdByName(name) === undefined) places.insertSite(name, comment);
      }
      for (const [index, { name, site, heightUnits, comment }] of content.racks.entries()) {
        const siteId = find(places.siteIdByName(site), ['racks', index, 'site'], 'site');
        once(rackIds, name, ['racks', index, 'name']);
        rackIds.set(name.toLowerCase(), places.insertRack({ siteId, name, heightUnits, comment }));
      }
      for (const [index, vlan] of content.vlans.entries()) {
        const path = ['vlans', index];
        once(vlanIds, vlan.name, [...path, 'name']);
        if (vlans.idByNumber(vlan.number) !== undefined) {
          throw problem([...path, 'number'], `VLAN ${vlan.number} stands here twice`);
        }
        const { prefixes: _, ...fields } = vlan;
        const id = newId();
        records.insert(kindOf('vlan'), id, fields);
        vlanIds.set(vlan.name.toLowerCase(), id);
        for (const [place, { prefix: text, gateway }] of vlan.prefixes.entries()) {
          const prefix = parsePrefix(text);
          const where = [...path, 'prefixes', place];
          if (prefix === undefined) throw problem(where, 'this is no prefix');
          if (vlans.hasPrefix(prefix)) throw problem(where, 'this prefix stands here twice');
          const values = { prefix: prefix.prefix, vlan: id, gateway };
          records.insert(kindOf('prefix'), newId(), values);
        }
      }
    },
    devices() {
      for (const [index, entry] of content.devices.entries()) {
        const path = ['devices', index];
        const { rack, memoryGiB, tags: names, notes: texts, interfaces: links, ...fields } = entry;
        const rackId =
          rack === null ? null : find(rackIds.get(rack.toLowerCase()), [...path, 'rack'], 'rack');
        const memoryBytes = memoryGiB === null ? null : Math.round(memoryGiB * gib);
        const id = at(path, () => insertDevice(db, { ...fields, rackId, memoryBytes }));
        for (const tag of names) tags.add({ kind: 'device', id }, tags.ensure(tag));
        for (const text of texts) notes.add({ kind: 'device', id }, text, Date.now());
        const seen = new Map<string, string>();
        for (const [place, link] of links.entries()) {
          const where = [...path, 'interfaces', place];
          once(seen, link.name, [...where, 'name']);
          seen.set(link.name.toLowerCase(), id);
          addInterface(id, link, where);
        }
      }
    },
    services() {
      for (const [index, { name, kind, url, comment }] of content.services.entries()) {
        if (services.idByName(name) !== undefined) {
          throw problem(['services', index, 'name'], `${name} stands here twice`);
        }
        services.insert({ name, kind, url, comment });
      }
      for (const [index, { name, runsOn, dependsOn }] of content.services.entries()) {
        const path = ['services', index];
        const id = find(services.idByName(name), path, 'service');
        for (const [place, device] of runsOn.entries()) {
          const where = [...path, 'runsOn', place];
          services.addRunsOn(id, find(devices.idByName(device), where, 'device'));
        }
        for (const [place, needed] of dependsOn.entries()) {
          const where = [...path, 'dependsOn', place];
          const neededId = find(services.idByName(needed), where, 'service');
          if (neededId === id) throw problem(where, 'a service cannot depend on itself');
          services.addDependsOn(id, neededId);
        }
      }
    },
  };
}
