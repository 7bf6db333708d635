import { cable, cableEnd, powerLink, powerPoint } from './cables-and-power.ts';
import { device, deviceType, gpu, interfaceKind, mac, port, portTemplate } from './hardware.ts';
import type { Kind } from './kind.ts';
import {
  addressHolder,
  ipAddress,
  ipRange,
  prefix,
  reservation,
  vlan,
  vlanMembership,
} from './networks.ts';
import { rack, room, site } from './places.ts';
import {
  ciRunner,
  cluster,
  clusterMember,
  exposure,
  service,
  serviceDependsOn,
  servicePort,
  serviceRunsOn,
} from './software.ts';
import { bucket, database, storagePool, storageUse, volume } from './storage.ts';

export type { Field, FieldValue } from './field.ts';
export { columnOf, type Kind } from './kind.ts';

/** Every kind; what another refers to comes before it, so that files and imports can go in order. */
export const kinds = [
  site,
  room,
  rack,
  deviceType,
  portTemplate,
  vlan,
  prefix,
  device,
  interfaceKind,
  mac,
  port,
  gpu,
  vlanMembership,
  ipAddress,
  addressHolder,
  ipRange,
  reservation,
  cable,
  cableEnd,
  powerPoint,
  powerLink,
  cluster,
  clusterMember,
  service,
  serviceRunsOn,
  servicePort,
  serviceDependsOn,
  exposure,
  ciRunner,
  storagePool,
  volume,
  bucket,
  database,
  storageUse,
] as const;

export const kindNames = kinds.map(({ name }) => name) as unknown as readonly [
  KindName,
  ...KindName[],
]; // map forgets that the list is not empty
export type KindName = (typeof kinds)[number]['name'];

const byName = new Map<string, Kind>(kinds.map((kind) => [kind.name, kind]));

/** Throws when there is none: names from outside are parsed by the contract before. */
export function kindOf(name: string): Kind {
  const kind = byName.get(name);
  if (kind === undefined) throw new Error(`No kind is called ${name}`);
  return kind;
}
