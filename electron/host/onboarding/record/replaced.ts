import { kindOf } from '../../../../shared/model/kinds/index.ts';
import { type Database, parseAddress } from '../../db/index.ts';
import { deviceOrThrow } from '../../inventory/index.ts';
import { nowhere, putInPlace } from '../../racks/index.ts';
import type { RecordParams } from './record-params.ts';

/**
 * Inside a change set: what a new machine replaces is retired, and leaves it the name, the addresses and
 * the place that it takes. Everything else of it stays as it is.
 */
export function makeWay(db: Database, deviceId: string, params: RecordParams): void {
  const device = deviceOrThrow(db, deviceId);
  const gaveName = device.name.toLowerCase() === params.name.toLowerCase();
  db.tables.records.update(kindOf('device'), deviceId, {
    status: 'retired',
    ...(gaveName && { name: freeName(db, device.name) }),
  });
  if (params.place !== null && device.rackId === params.place.rackId) {
    putInPlace(db, deviceId, nowhere);
  }
  const taken = new Set(
    params.addresses.flatMap(({ address }) => parseAddress(address)?.address ?? []),
  );
  const addresses = db.tables.interfaces
    .ofDevice(deviceId)
    .flatMap((one) => one.addresses)
    .filter(({ address }) => taken.has(address.split('/')[0] ?? ''));
  db.tables.records.removeAll(
    kindOf('address'),
    addresses.map(({ id }) => id),
  );
}

function freeName(db: Database, name: string): string {
  let free = `${name}-old`;
  for (let count = 2; db.tables.devices.idByName(free) !== undefined; count += 1) {
    free = `${name}-old-${count}`;
  }
  return free;
}
