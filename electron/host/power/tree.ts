import type { PowerLineRow } from '../../../shared/contract/power.ts';
import { capacityOf } from '../../../shared/topology/power-graph.ts';
import { type PowerLine, powerLines } from '../../../shared/topology/power-tree.ts';
import type { Database } from '../db/index.ts';
import { passingCapacity, type Reckoned, reckon, runTimeOfDevice } from './reckoned.ts';

export interface TreeQuery {
  readonly search: string;
  readonly collapsed: readonly string[];
  readonly offset: number;
  readonly limit: number;
}

/** The lines of a page; those below a collapsed one are left out, unless something is looked for. */
export function treeOf(db: Database, query: TreeQuery): { rows: PowerLineRow[]; total: number } {
  const all = reckon(db);
  const lines = powerLines(all.graph);
  const collapsed = new Set(query.collapsed);
  const shown =
    query.search.trim() === '' ? unfolded(lines, collapsed) : found(all, lines, query.search);
  const page = shown.slice(query.offset, query.offset + query.limit);
  return {
    total: shown.length,
    rows: page.map((line) => rowOf(all, line, collapsed)),
  };
}

const keyOf = ({ pointId, inputId, deviceId }: PowerLine) => pointId ?? inputId ?? deviceId ?? '';

function unfolded(lines: readonly PowerLine[], collapsed: ReadonlySet<string>): PowerLine[] {
  const hidden = new Set<number>();
  return lines.filter((line, index) => {
    const { parent } = line;
    const above = parent === null ? undefined : lines[parent];
    if (parent === null || above === undefined) return true;
    if (hidden.has(parent) || collapsed.has(keyOf(above))) hidden.add(index);
    return !hidden.has(index);
  });
}

/** Lines that hold all the words, and those that they hang on. */
function found(all: Reckoned, lines: readonly PowerLine[], search: string): PowerLine[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const kept = new Set<number>();
  lines.forEach((line, index) => {
    const text = textOf(all, line).toLowerCase();
    if (!words.every((word) => text.includes(word))) return;
    for (let at: number | null = index; at !== null; at = lines[at]?.parent ?? null) kept.add(at);
  });
  return lines.filter((_, index) => kept.has(index));
}

function textOf({ points, devices }: Reckoned, { pointId, inputId, deviceId }: PowerLine): string {
  const names = [pointId, inputId].map((id) => (id === null ? '' : (points.get(id)?.name ?? '')));
  return [...names, deviceId === null ? '' : (devices.get(deviceId)?.name ?? '')].join(' ');
}

function rowOf(all: Reckoned, line: PowerLine, collapsed: ReadonlySet<string>): PowerLineRow {
  const { pointId, inputId, deviceId } = line;
  const point = pointId === null ? undefined : all.points.get(pointId);
  const input = inputId === null ? undefined : all.points.get(inputId);
  const device = deviceId === null ? undefined : all.devices.get(deviceId);
  const at = pointId ?? inputId;
  const own = at === null ? undefined : all.loads.points.get(at);
  const nature = at === null ? undefined : all.graph.nature.get(at);
  const passes = device !== undefined && all.graph.outletsOf.has(device.id);
  const passed = passes ? all.loads.passed.get(device.id) : undefined;
  // A line of a UPS or a PDU tells of it as a whole; one of a breaker or an outlet of that.
  const figures = point === undefined ? (passed ?? own) : own;
  const load = figures?.load ?? 0;
  const capacity = capacityAt(all, line, passes);
  return {
    key: keyOf(line),
    depth: line.depth,
    kind: point === undefined || point.role === 'input' ? 'device' : point.role,
    pointId,
    name: point?.name ?? device?.name ?? '',
    inputId,
    inputName: input?.name ?? null,
    device: device === undefined ? null : { id: device.id, name: device.name, kind: device.kind },
    feed: nature?.feed ?? null,
    phase: nature?.phase ?? null,
    supply: own?.supply ?? 'mains',
    load,
    worst: figures?.worst ?? 0,
    capacity,
    measured:
      point?.measured ?? (passes || point === undefined ? (device?.measured ?? null) : null),
    runTime: device === undefined ? null : runTimeOfDevice(all, device.id),
    overloaded: capacity !== null && load > capacity,
    repeated: line.repeated,
    children: line.children,
    collapsed: collapsed.has(keyOf(line)) && line.children > 0,
  };
}

function capacityAt(all: Reckoned, { pointId, inputId, deviceId }: PowerLine, passes: boolean) {
  const plate = passes && deviceId !== null ? passingCapacity(all, deviceId) : null;
  const at = pointId ?? (passes ? inputId : null);
  const own = at === null ? null : capacityOf(all.graph, at);
  // An outlet that feeds a UPS carries no more than that may pass on.
  return own !== null && plate !== null ? Math.min(own, plate) : (own ?? plate);
}
