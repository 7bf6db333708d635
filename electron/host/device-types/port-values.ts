import type { Values } from '../../../shared/model/kinds/schema.ts';

/** What a port template makes of a device: a row of that kind, without what other rows it refers to. */
export interface PortOfDevice {
  readonly kind: 'interface' | 'port' | 'power-point';
  readonly values: Values;
  /** Of a front port, the rear port behind it; of an outlet, the input that feeds it: by name. */
  readonly behind: string | null;
}

/** Null: a bay, which is a place and no port. */
export function portOfTemplate(template: Values): PortOfDevice | null {
  const { name, label, type, ordinal, comment } = template;
  const shared = {
    name: name ?? null,
    label: label ?? null,
    type: type ?? null,
    comment: comment ?? null,
  };
  switch (template.role) {
    case 'interface':
      return {
        kind: 'interface',
        behind: null,
        values: {
          ...shared,
          kind: interfaceKindOf(textOf(type)),
          speedMbps: speedOfType(textOf(type)),
          management: template.management ?? null,
          poe: template.poe ?? null,
          ordinal: ordinal ?? 0,
        },
      };
    case 'power-port':
    case 'power-outlet':
      return {
        kind: 'power-point',
        behind: textOf(template.powerPort),
        values: {
          name: name ?? null,
          type: type ?? null,
          role: template.role === 'power-port' ? 'input' : 'outlet',
          phase: phaseOf[textOf(template.feedLeg) ?? ''] ?? null,
          nameplate: template.maximumDraw ?? null,
          ordinal: ordinal ?? 0,
        },
      };
    case 'device-bay':
    case 'module-bay':
      return null;
    default:
      return {
        kind: 'port',
        behind: textOf(template.rearPort),
        values: {
          ...shared,
          role: String(template.role).replace(/-port$/, ''),
          positions: template.positions ?? null,
          rearPosition: template.rearPosition ?? null,
          ordinal: ordinal ?? 0,
        },
      };
  }
}

/** The field that refers to what is behind, and the role of that. */
export const behindOf: Readonly<
  Record<'port' | 'power-point', { readonly field: string; readonly role: string }>
> = {
  port: { field: 'rear', role: 'rear' },
  'power-point': { field: 'fedBy', role: 'input' },
};

/** The fields that tell the ports of one device apart. */
export function portName(kind: PortOfDevice['kind'], { role, name }: Values): string {
  if (kind === 'port') return JSON.stringify([role, name]);
  // A power point has one name, whatever its role and case.
  return kind === 'power-point' ? String(name).toLowerCase() : String(name);
}

const phaseOf: Readonly<Record<string, string>> = { A: 'L1', B: 'L2', C: 'L3' };

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** As facts call them, so that both are compared as the same. */
function interfaceKindOf(type: string | null): string {
  if (type === null) return 'ethernet';
  if (type.startsWith('ieee802.11')) return 'wifi';
  if (type === 'lag') return 'bond';
  return type === 'bridge' || type === 'virtual' ? type : 'ethernet';
}

/** Mbit/s, by the library's name of a type: `1000base-t`, `2.5gbase-t`, `100gbase-x-qsfp28`. */
export function speedOfType(type: string | null): number | null {
  const [, amount, giga] = /^(\d+(?:\.\d+)?)(g?)base-/.exec(type ?? '') ?? [];
  return amount === undefined ? null : Number(amount) * (giga === 'g' ? 1_000 : 1);
}
