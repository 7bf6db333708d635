import { stringify } from 'yaml';
import type { FieldValue } from '../../../shared/model/kinds/index.ts';
import type { Values } from '../../../shared/model/kinds/schema.ts';
import { type PortList, portListNames, portLists } from './library-document.ts';
import type { TypeDraft } from './type-draft.ts';

type Entry = Record<string, FieldValue | undefined>;

/** A type as a file of the device-type library, which imports as the same type. */
export function writeTypeFile({ values, ports }: TypeDraft): string {
  const weight = typeof values.weight === 'number' ? values.weight : null;
  const heavy = weight !== null && weight >= 1_000;
  const own = filled({
    kind: values.kind,
    width: values.width,
    depth: values.depth,
    nameplate: values.nameplate,
  });
  const document = {
    ...filled({
      manufacturer: values.manufacturer,
      model: values.model,
      slug: values.slug,
      part_number: values.partNumber,
      u_height: values.heightUnits,
      is_full_depth: values.fullDepth,
      airflow: values.airflow,
      weight: heavy ? weight / 1_000 : weight,
      weight_unit: weight === null ? null : heavy ? 'kg' : 'g',
      subdevice_role: values.bays === 'none' ? null : values.bays,
      comments: values.comment,
    }),
    ...(Object.keys(own).length > 0 ? { rackhelm: own } : {}),
    ...Object.fromEntries(portListNames.flatMap((list) => entriesOf(list, ports))),
  };
  return `---\n${stringify(document, { lineWidth: 0 })}`;
}

function entriesOf(list: PortList, ports: readonly Values[]): [string, Entry[]][] {
  const own = ports.filter(({ role }) => role === portLists[list].role);
  return own.length === 0 ? [] : [[list, own.map(entryOf)]];
}

function entryOf(port: Values): Entry {
  const [mode, ...poeType] = typeof port.poe === 'string' ? port.poe.split(' ') : [];
  return filled({
    name: port.name,
    label: port.label,
    type: port.type,
    mgmt_only: port.management,
    poe_mode: mode,
    poe_type: poeType.join(' ') || null,
    rear_port: port.rearPort,
    rear_port_position: port.rearPosition,
    positions: port.positions,
    power_port: port.powerPort,
    feed_leg: port.feedLeg,
    maximum_draw: port.maximumDraw,
    allocated_draw: port.allocatedDraw,
    description: port.comment,
  });
}

/** A file says only what is known. */
const filled = (entry: Entry): Entry =>
  Object.fromEntries(
    Object.entries(entry).filter(([, value]) => value !== null && value !== undefined),
  );

/** `raspberry-pi/raspberry-pi-5.yaml` has a name that every file system takes. */
export function fileNameOf({ slug, manufacturer, model }: Values): string {
  const text = String(slug ?? `${manufacturer ?? ''} ${model ?? ''}`);
  const plain = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return `${plain.slice(0, 100) || 'device-type'}.yaml`;
}
