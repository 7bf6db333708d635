import { z } from 'zod';
import { id, timestamp } from './inventory.ts';

export const proposalAreas = ['services', 'networks'] as const;

/** `open`: seen and not declared; `dismissed`: the person said no, and may bring it back. */
export const proposalStates = ['open', 'dismissed'] as const;

const port = z.object({ protocol: z.enum(['tcp', 'udp']), port: z.number().int() });
export type ServicePort = z.infer<typeof port>;

/** What accepting a proposal would declare. */
const proposed = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('service'),
    /** Of the service: `database`, `proxy`, `dns`, … */
    serviceKind: z.string(),
    ports: z.array(port),
    url: z.string().nullable(),
  }),
  z.object({ kind: z.literal('vlan'), number: z.number().int() }),
  z.object({
    kind: z.literal('prefix'),
    prefix: z.string(),
    /** Number of the VLAN that carries it, where the machines tell. */
    vlan: z.number().int().nullable(),
  }),
]);

export const proposal = z.object({
  /** Stays the same from reading to reading; a dismissal is remembered under it. */
  key: z.string(),
  /** Changes when what was seen changes; `accept` refuses another one than was shown. */
  version: z.string(),
  area: z.enum(proposalAreas),
  state: z.enum(proposalStates),
  /** What it would be called. */
  name: z.string(),
  proposed,
  /** Nothing but the machine itself can reach it. */
  local: z.boolean(),
  /** On how many devices it was seen. */
  devices: z.number().int(),
  /** The first of them, each with what was seen there, in words, and when. */
  seen: z.array(
    z.object({
      deviceId: id,
      deviceName: z.string(),
      at: timestamp.nullable(),
      evidence: z.array(z.string()),
    }),
  ),
});
export type Proposal = z.infer<typeof proposal>;

/** How many are accepted or dismissed in one step: more would hold up everybody else. */
export const mostAtOnce = 1000;

export const proposalFilter = z.object({
  area: z.enum(proposalAreas).nullable().default(null),
  deviceId: id.nullable().default(null),
  /** Part of the name, in any case. */
  search: z.string().max(200).default(''),
});
export type ProposalFilter = z.infer<typeof proposalFilter>;

export const proposalQuery = proposalFilter.extend({
  state: z.enum(proposalStates).default('open'),
  offset: z.number().int().nonnegative().default(0),
  limit: z.number().int().min(1).max(500).default(100),
});
export type ProposalQuery = z.infer<typeof proposalQuery>;
