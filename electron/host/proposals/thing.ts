import { z } from 'zod';

/**
 * What the database keeps of one thing that was seen on one device: what is needed to say it to a
 * person and to declare it. A change of these shapes needs a migration that marks devices stale.
 */
const servicePort = z.object({
  protocol: z.enum(['tcp', 'udp']),
  port: z.number().int(),
  /** `*` stands for all. */
  addresses: z.array(z.string()),
});

export const seenThing = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('service'),
    serviceKind: z.string(),
    everywhere: z.boolean(),
    web: z.boolean(),
    process: z.string().nullable(),
    ports: z.array(servicePort),
    notes: z.array(z.string()),
    /** Who found it: of a container, its name and image. */
    container: z.object({ name: z.string(), image: z.string(), engine: z.string() }).nullable(),
  }),
  z.object({
    kind: z.literal('vlan'),
    number: z.number().int(),
    links: z.array(
      z.object({
        interface: z.string(),
        parent: z.string().nullable(),
        source: z.enum(['interface', 'name', 'neighbour']),
      }),
    ),
  }),
  z.object({
    kind: z.literal('prefix'),
    prefix: z.string(),
    vlan: z.number().int().nullable(),
    addresses: z.array(z.object({ interface: z.string(), address: z.string() })),
  }),
]);
export type Thing = z.infer<typeof seenThing>;
export type ServiceThing = Extract<Thing, { kind: 'service' }>;
export type VlanThing = Extract<Thing, { kind: 'vlan' }>;
export type PrefixThing = Extract<Thing, { kind: 'prefix' }>;

export function readThing(body: string): Thing {
  return seenThing.parse(JSON.parse(body));
}
