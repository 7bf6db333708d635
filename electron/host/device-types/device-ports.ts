import { kindOf } from '../../../shared/model/kinds/index.ts';
import type { Values } from '../../../shared/model/kinds/schema.ts';
import { type Database, newId } from '../db/index.ts';
import { behindOf, type PortOfDevice, portName, portOfTemplate } from './port-values.ts';
import { rowsWith } from './rows.ts';

export interface MissingPort extends PortOfDevice {
  /** Field of the row that this one leads to or is fed by. */
  readonly name: string;
}

const everyPort = 100_000;

/** What a type has and the device has not, in the order of the type. */
export function missingPorts(
  db: Database,
  deviceId: string | null,
  templates: readonly Values[],
): MissingPort[] {
  const there = deviceId === null ? emptyPorts() : portsOf(db, deviceId);
  return templates.flatMap((template) => {
    const port = portOfTemplate(template);
    if (port === null || there[port.kind].has(portName(port.kind, port.values))) return [];
    return [{ ...port, name: String(template.name) }];
  });
}

/** Inside a change set: adds ports to a device, front wired to rear, outlets to what feeds them. */
export function addPorts(db: Database, deviceId: string, ports: readonly MissingPort[]): void {
  const { records } = db.tables;
  const known = portsOf(db, deviceId);
  const later: { readonly port: MissingPort; readonly id: string }[] = [];
  for (const port of ports) {
    const id = newId();
    records.insert(kindOf(port.kind), id, { ...port.values, device: deviceId });
    known[port.kind].set(portName(port.kind, port.values), id);
    if (port.behind !== null) later.push({ port, id });
  }
  for (const { port, id } of later) {
    if (port.kind === 'interface') continue;
    const { field, role } = behindOf[port.kind];
    const behind = known[port.kind].get(portName(port.kind, { role, name: port.behind }));
    if (behind !== undefined) records.update(kindOf(port.kind), id, { [field]: behind });
  }
}

type Known = Readonly<Record<PortOfDevice['kind'], Map<string, string>>>;

const emptyPorts = (): Known => ({
  interface: new Map(),
  port: new Map(),
  'power-point': new Map(),
});

/** Ids of the ports that a device has, by what tells them apart. */
function portsOf(db: Database, deviceId: string): Known {
  const known = emptyPorts();
  for (const kind of ['interface', 'port', 'power-point'] as const) {
    for (const { id, values } of rowsWith(db, kind, { device: deviceId }, { limit: everyPort })
      .rows) {
      known[kind].set(portName(kind, values), id);
    }
  }
  return known;
}
