import { type PowerGraph, powerGraph } from '../../../shared/topology/power-graph.ts';
import { loadsOf, type PowerLoads } from '../../../shared/topology/power-load.ts';
import { type RunTime, runTimeOf } from '../../../shared/topology/power-summary.ts';
import type { Database, NamedDevice, NamedPoint } from '../db/index.ts';

/** The power of the inventory as it stands, with names beside the reckoning. */
export interface Reckoned {
  readonly graph: PowerGraph;
  readonly loads: PowerLoads;
  readonly points: ReadonlyMap<string, NamedPoint>;
  readonly devices: ReadonlyMap<string, NamedDevice>;
}

export function reckon(db: Database): Reckoned {
  const inventory = db.tables.power.inventory();
  const graph = powerGraph(inventory);
  return {
    graph,
    loads: loadsOf(graph),
    points: new Map(inventory.points.map((point) => [point.id, point])),
    devices: new Map(inventory.devices.map((device) => [device.id, device])),
  };
}

/** `pdu-1 3`, `Breaker F3`. */
export function pointName({ points, devices }: Reckoned, id: string): string {
  const point = points.get(id);
  if (point === undefined) return '';
  const device = point.deviceId === null ? undefined : devices.get(point.deviceId);
  return device === undefined ? point.name : `${device.name} ${point.name}`;
}

/** Of a device with a battery, at what hangs on its outlets now. */
export function runTimeOfDevice({ devices, loads }: Reckoned, deviceId: string): RunTime | null {
  const battery = devices.get(deviceId)?.battery ?? null;
  return runTimeOf(battery, loads.passed.get(deviceId)?.load ?? 0);
}

/** What one device of this kind may pass on; null where its plate is not declared. */
export const passingCapacity = ({ devices }: Reckoned, deviceId: string): number | null =>
  devices.get(deviceId)?.nameplate ?? null;
