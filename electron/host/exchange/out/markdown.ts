import type { Kind } from '../../../../shared/model/kinds/index.ts';
import { kindOf } from '../../../../shared/model/kinds/index.ts';
import { formatTyped } from '../../../../shared/model/kinds/typed.ts';
import type { BareRow } from '../../db/index.ts';
import { type InventoryRows, Names } from '../inventory-rows.ts';
import { inComment, type Machine, text } from './machines.ts';

/** Letters as letters: no name makes a heading, a link, a picture or another cell. */
const safe = (name: string) =>
  inComment(name).replaceAll(/[\\`*_{}[\]<>#|~&!]/g, (character) => `\\${character}`);

/** Documentation to read and print: each rack from top to bottom, then networks and services. */
export function writeMarkdown(rows: InventoryRows, machines: readonly Machine[]): string {
  const names = new Names((id) => rows.byId.get(id)?.row.values);
  const racks = (rows.byKind.get('rack') ?? []).map((rack) => rackPart(rows, machines, rack));
  const loose = machines.filter(({ device }) => device.rackId === null);
  const of = (kind: string, fields: readonly string[]) => kindTable(rows, names, { kind, fields });
  return [
    '# Inventory',
    ...racks,
    ...(loose.length === 0 ? [] : ['## Devices outside of racks', deviceTable(loose)]),
    ...of('vlan', ['number', 'name', 'traffic', 'purpose']),
    ...of('prefix', ['prefix', 'vlan', 'gateway', 'purpose']),
    ...of('ip-range', ['range', 'role', 'server']),
    ...of('cable', ['label', 'type', 'length', 'colour', 'status']),
    ...of('service', ['name', 'kind', 'url', 'cluster']),
  ]
    .map((part) => `${part}\n`)
    .join('\n');
}

function rackPart(rows: InventoryRows, machines: readonly Machine[], rack: BareRow): string {
  const site = rows.byId.get(text(rack.values.site))?.row.values.name;
  const inside = machines
    .filter(({ device }) => device.rackId === rack.id)
    .sort((a, b) => (b.device.position ?? 0) - (a.device.position ?? 0));
  const comment = rack.values.comment === null ? '' : `\n\n${safe(text(rack.values.comment))}`;
  const heading = `## ${safe(text(rack.values.name))} (${safe(text(site))}, ${text(rack.values.heightUnits)} U)`;
  return `${heading}${comment}\n\n${inside.length === 0 ? 'Empty.' : deviceTable(inside)}`;
}

function deviceTable(machines: readonly Machine[]): string {
  return table(
    ['Unit', 'Device', 'Kind', 'Status', 'Model', 'Address', 'Tags'],
    machines.map(({ device }) => [
      device.position === null ? '' : unitsText(device.position, device.heightUnits),
      device.name,
      device.kind,
      device.status,
      [device.manufacturer, device.model].filter((part) => part !== null).join(' '),
      device.primaryAddress ?? device.sshHost ?? '',
      device.tags.join(', '),
    ]),
  );
}

function unitsText(position: number, height: number): string {
  return height > 1 ? `${position}–${position + height - 1}` : String(position);
}

function kindTable(
  rows: InventoryRows,
  names: Names,
  { kind: name, fields }: { readonly kind: string; readonly fields: readonly string[] },
): string[] {
  const kind = kindOf(name);
  const own = rows.byKind.get(name) ?? [];
  if (own.length === 0) return [];
  const cells = own.map(({ values }) => fields.map((field) => cellOf(kind, field, values, names)));
  const labels = fields.map((field) => kind.fields[field]?.label ?? field);
  return [`## ${kind.plural}`, table(labels, cells)];
}

function cellOf(kind: Kind, name: string, values: BareRow['values'], names: Names): string {
  const field = kind.fields[name];
  const value = values[name] ?? null;
  if (field === undefined || value === null) return '';
  return field.type === 'reference'
    ? names.of(kindOf(field.to), String(value))
    : formatTyped(field, value);
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(safe).join(' | ')} |`;
  return [line(header), `|${header.map(() => ' --- |').join('')}`, ...rows.map(line)].join('\n');
}
