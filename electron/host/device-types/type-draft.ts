import type { DeviceKind } from '../../../shared/model/inventory.ts';
import type { Values } from '../../../shared/model/kinds/schema.ts';
import { guessKind } from './guess-kind.ts';
import {
  type LibraryDocument,
  type PortList,
  portListNames,
  portLists,
  weightUnits,
} from './library-document.ts';

/** A device type that is not in the inventory, or as it would be: values as shared/model/kinds has them. */
export interface TypeDraft {
  readonly values: Values;
  /** Port templates without the type that they belong to, in the order of the file. */
  readonly ports: readonly Values[];
}

type Port = LibraryDocument[PortList][number];

export function draftOf(document: LibraryDocument): TypeDraft {
  const ports = portListNames.flatMap((list) =>
    document[list].map((port: Port, ordinal) => templateOf(list, port, ordinal)),
  );
  const { rackhelm, weight } = document;
  const unit = weightUnits[document.weight_unit ?? 'kg'];
  return {
    values: {
      manufacturer: document.manufacturer,
      model: document.model,
      slug: document.slug,
      partNumber: document.part_number,
      kind: rackhelm?.kind ?? guessKind(document),
      heightUnits: document.u_height ?? 1,
      width: rackhelm?.width ?? null,
      // What the library takes for granted.
      fullDepth: document.is_full_depth ?? true,
      depth: rackhelm?.depth ?? null,
      weight: weight === null || weight === undefined ? null : Math.round(weight * unit),
      airflow: document.airflow,
      bays: document.subdevice_role ?? 'none',
      nameplate: rackhelm?.nameplate ?? null,
      comment: joined(document.description, document.comments),
    },
    ports,
  };
}

function templateOf(list: PortList, port: Port, ordinal: number): Values {
  const said = port as Partial<Record<string, string | number | boolean | null>>; // what any of the lists may say
  const { poe_mode: mode, poe_type: poeType } = said;
  return {
    role: portLists[list].role,
    name: port.name,
    label: port.label,
    type: port.type,
    management: said.mgmt_only ?? null,
    poe: mode || poeType ? [mode ?? 'pd', poeType].filter(Boolean).join(' ') : null,
    rearPort: said.rear_port ?? null,
    rearPosition: said.rear_port_position ?? null,
    positions: said.positions ?? null,
    powerPort: said.power_port ?? null,
    feedLeg: said.feed_leg ?? null,
    maximumDraw: said.maximum_draw ?? null,
    allocatedDraw: said.allocated_draw ?? null,
    ordinal,
    comment: port.description,
  };
}

const joined = (...texts: readonly (string | null)[]): string | null =>
  texts.filter((text) => text !== null).join('\n\n') || null;

/** What it is called by a person: `Raspberry Pi 5 Model B`. */
export function titleOfType({ manufacturer, model }: Values): string {
  const [maker, name] = [String(manufacturer ?? ''), String(model ?? '')];
  return name.toLowerCase().startsWith(maker.toLowerCase()) ? name : `${maker} ${name}`;
}

/** The kind of devices of this type. */
export const kindOfType = ({ kind }: Values): DeviceKind => (kind ?? 'other') as DeviceKind; // the kind's schema says so
