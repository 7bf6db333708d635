import { newId, openDatabase, parseAddress } from '../../electron/host/db/index.ts';
import { createInventory } from '../../electron/host/inventory/index.ts';
import { type DeviceFields, deviceKinds } from '../../shared/model/inventory.ts';

export interface LargeInventoryOptions {
  readonly devices: number;
  readonly interfacesPerDevice: number;
}

const models = ['Raspberry Pi 5 Model B', 'ThinkCentre M720q', 'NUC11TNHi5', 'X11SCH-F', 'R730xd'];
const systems = ['Debian GNU/Linux 13 (trixie)', 'Ubuntu 24.04.3 LTS', 'Alpine Linux 3.22'];

/**
 * Fills a data directory with an inventory of that size: racks, VLANs, tags, services, notes, and
 * interfaces with a MAC and an address each. The same every time.
 */
export function createLargeInventory(dataDirectory: string, options: LargeInventoryOptions): void {
  const db = openDatabase({ dataDirectory });
  try {
    createInventory(db);
    db.change({ title: `Imported ${options.devices} devices`, source: 'import' }, () => {
      const { places, vlans, tags, services, devices, interfaces, notes } = db.tables;
      const siteId = places.insertSite('Hall', null);
      const rackIds = Array.from({ length: Math.ceil(options.devices / 40) }, (_, index) =>
        places.insertRack({ siteId, name: `R${index + 1}`, heightUnits: 42, comment: null }),
      );
      const vlanIds = ['management', 'storage', 'ingress', 'internal'].map((name, index) =>
        vlans.insert({ number: (index + 1) * 10, name, purpose: null }),
      );
      const tagIds = ['k3s', 'worker', 'spare-parts', 'ups-backed'].map((name) =>
        tags.ensure(name),
      );
      const serviceIds = Array.from({ length: 50 }, (_, index) =>
        services.insert({ name: `service-${index + 1}`, kind: 'app', url: null, comment: null }),
      );
      for (let index = 0; index < options.devices; index += 1) {
        const id = newId();
        devices.insert(id, deviceFieldsOf(index, siteId, pick(rackIds, Math.floor(index / 40))));
        tags.add({ kind: 'device', id }, pick(tagIds, index));
        if (index % 10 === 0) services.addRunsOn(pick(serviceIds, index / 10), id);
        if (index % 7 === 0)
          notes.add(
            { kind: 'device', id },
            `Bought in lot ${index % 13}, checked once.`,
            1_700_000_000_000 + index,
          );
        for (let port = 0; port < options.interfacesPerDevice; port += 1) {
          const link = {
            deviceId: id,
            name: `eth${port}`,
            kind: 'ethernet',
            mtu: 1500,
            speedMbps: 1000,
          };
          const interfaceId = interfaces.insert(link);
          interfaces.setMacs(interfaceId, [macOf(index, port)]);
          const address = parseAddress(`10.${port * 10}.${index >> 8}.${index & 0xff}/16`);
          if (address !== undefined) interfaces.addAddress(interfaceId, address, 'host');
          interfaces.joinVlan(interfaceId, pick(vlanIds, port), false);
        }
      }
    });
  } finally {
    db.close();
  }
}

function deviceFieldsOf(index: number, siteId: string, rackId: string): DeviceFields {
  return {
    name: `node-${index + 1}`,
    kind: pick(deviceKinds, index),
    status: index % 9 === 0 ? 'planned' : 'active',
    siteId,
    rackId,
    position: (index % 40) + 1,
    heightUnits: 1,
    hostname: `node-${index + 1}.rack.example`,
    manufacturer: 'Sample',
    model: pick(models, index),
    serial: `SN${String(index * 7919).padStart(9, '0')}`,
    os: pick(systems, index),
    kernel: '6.12.41',
    architecture: index % 5 === 0 ? 'aarch64' : 'x86_64',
    cpuModel: 'Sample CPU',
    cpuCores: 4 + (index % 4) * 4,
    memoryBytes: (8 + (index % 8) * 8) * 1024 ** 3,
    sshHost: null,
    sshPort: null,
    sshUser: 'admin',
    sshIdentityFile: null,
    sshJump: null,
    comment: null,
  };
}

function macOf(index: number, port: number): string {
  const digits = (index * 16 + port).toString(16).padStart(10, '0');
  return `02${digits}`.replaceAll(/(..)(?=.)/g, '$1:');
}

function pick<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length];
  if (item === undefined) throw new Error('Nothing to pick from');
  return item;
}
