import { z } from 'zod';
import { formatAddress, parseAddress } from '../../../../../shared/network/address.ts';
import { parseHostAddress } from '../../../../../shared/network/prefix.ts';

/** `192.0.2.11/24`, in its canonical form. */
const hostAddress = z
  .string()
  .max(60)
  .transform((text, context) => {
    const parsed = text.includes('/') ? parseHostAddress(text) : undefined;
    if (parsed) return `${formatAddress(parsed.address)}/${parsed.length}`;
    context.addIssue({ code: 'custom', message: 'An address with its prefix length.' });
    return z.NEVER;
  });

const address = z
  .string()
  .max(60)
  .transform((text, context) => {
    const parsed = parseAddress(text);
    if (parsed) return formatAddress(parsed);
    context.addIssue({ code: 'custom', message: 'An IP address.' });
    return z.NEVER;
  });

const domain = z
  .string()
  .max(253)
  .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i);

export const networkParams = z
  .object({
    /** Its name, or its MAC where names may change; one of the two. */
    interface: z
      .string()
      .max(15)
      .regex(/^[a-zA-Z0-9_.-]+$/)
      .optional(),
    mac: z
      .string()
      .regex(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i)
      .transform((text) => text.toLowerCase())
      .optional(),
    addresses: z.array(hostAddress).min(1).max(8),
    /** One for each family at most. */
    gateways: z.array(address).max(2).default([]),
    dns: z.array(address).max(4).default([]),
    search: z.array(domain).max(6).default([]),
    /** The addresses belong to this VLAN on top of the interface. */
    vlan: z.number().int().min(1).max(4_094).nullable().default(null),
  })
  .refine((one) => (one.interface === undefined) !== (one.mac === undefined), 'A name or a MAC.')
  .refine(
    ({ gateways }) => new Set(gateways.map(familyOf)).size === gateways.length,
    'One gateway for each family.',
  )
  .refine(({ addresses, gateways }) => {
    const families = new Set(addresses.map(familyOf));
    return gateways.every((gateway) => families.has(familyOf(gateway)));
  }, 'A gateway needs an address of its family.');
export type NetworkParams = z.infer<typeof networkParams>;

/** What is wanted of one interface of one machine. */
export interface Wanted {
  /** The interface that has the addresses: `eth0`, `eth0.20`. */
  readonly link: string;
  /** That which carries it, for a VLAN; else the same. */
  readonly parent: string;
  readonly vlan: number | null;
  readonly mac: string | null;
  readonly addresses: readonly string[];
  readonly gateways: readonly string[];
  readonly dns: readonly string[];
  readonly search: readonly string[];
}

export type IpFamily = 4 | 6;

export function familyOf(text: string): IpFamily {
  return text.includes(':') ? 6 : 4;
}

export function ofFamily(texts: readonly string[], family: IpFamily): string[] {
  return texts.filter((text) => familyOf(text) === family);
}

/** The families whose addresses are set; the other one stays as it is. */
export function familiesOf({ addresses }: Pick<Wanted, 'addresses'>): IpFamily[] {
  return ([4, 6] as const).filter((family) => ofFamily(addresses, family).length > 0);
}

export function wantedOf(params: NetworkParams, parent: string, mac: string | null): Wanted {
  const { addresses, gateways, dns, search, vlan } = params;
  const link = vlan === null ? parent : `${parent}.${vlan}`;
  return { link, parent, vlan, mac, addresses, gateways, dns, search };
}
