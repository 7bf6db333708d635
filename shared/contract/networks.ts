import { z } from 'zod';
import { id } from '../model/inventory.ts';
import { trafficKinds } from '../model/kinds/networks.ts';
import { canonicalNetwork } from '../model/kinds/typed.ts';
import {
  addressList,
  addressMap,
  prefixTree,
  switchPorts,
  switchRow,
  vlanDetails,
  vlanPlan,
} from '../model/networks.ts';
import { procedure } from './base.ts';

/** Canonical text of one of the types of shared/model/kinds; longer than any can be written is refused. */
const typed = (type: 'prefix' | 'address') =>
  z
    .string()
    .max(200)
    .transform((text, context) => {
      const canonical = canonicalNetwork(type, text);
      if (canonical !== undefined) return canonical;
      context.addIssue({ code: 'custom', message: `“${text}” is no ${type}` });
      return z.NEVER;
    });

const offset = z.number().int().min(0).max(10_000_000).default(0);
const pageOf = (most: number, usual: number) => z.number().int().min(1).max(most).default(usual);
const length = z.number().int().min(0).max(128);
const search = z.string().max(200).default('');
const changed = z.object({ changeSetId: id });

const newVlan = z.strictObject({
  number: z.number().int().min(1).max(4094),
  name: z.string().trim().min(1).max(200),
  traffic: z.enum(trafficKinds),
  mtu: z.number().int().min(68).max(65_536).nullable().default(null),
  purpose: z.string().trim().min(1).max(500).nullable().default(null),
  prefix: typed('prefix').nullable().default(null),
  gateway: typed('address').nullable().default(null),
});

/** The plan of the networks: VLANs, prefixes, addresses, and the ports that carry them. */
export const networks = {
  /** By number. */
  vlans: procedure.input(z.object({ offset, limit: pageOf(500, 200) })).output(vlanPlan),
  vlan: procedure.input(z.object({ id })).output(vlanDetails),
  /** To begin with: several VLANs with a prefix each, as one change set. DUPLICATE names the clash. */
  addVlans: procedure.input(z.object({ vlans: z.array(newVlan).min(1).max(32) })).output(changed),
  /** The lines that are seen of the tree: prefixes where they nest, and what is free between them. */
  tree: procedure
    .input(
      z.object({
        search,
        /** Prefixes whose inside is not shown. */
        closed: z.array(id).max(10_000).default([]),
        free: z.boolean().default(false),
        offset,
        limit: pageOf(500, 200),
      }),
    )
    .output(prefixTree),
  /** The lowest prefixes of that length inside another one that touch none of the inventory. */
  freePrefixes: procedure
    .input(
      z.object({
        within: typed('prefix'),
        length,
        count: pageOf(256, 1),
        /** Not below this address. */
        from: typed('address').nullable().default(null),
      }),
    )
    .output(z.object({ prefixes: z.array(z.string()) })),
  /** Adds the prefixes of that length that a prefix is made of, those that are missing. */
  split: procedure
    .input(z.object({ id, length }))
    .output(changed.extend({ added: z.number().int() })),
  map: procedure.input(z.object({ prefix: typed('prefix') })).output(addressMap),
  /** The taken addresses of a prefix in their order. */
  addresses: procedure
    .input(z.object({ prefix: typed('prefix'), offset, limit: pageOf(500, 100) }))
    .output(addressList),
  /** Switches, routers and access points that have ports. */
  switches: procedure
    .input(z.object({ search, offset, limit: pageOf(500, 200) }))
    .output(z.object({ rows: z.array(switchRow), total: z.number().int() })),
  ports: procedure
    .input(z.object({ deviceId: id, offset, limit: pageOf(1_000, 500) }))
    .output(switchPorts),
  /** Sets the VLANs of ports, as one change set; what is left out stays as it is on each port. */
  setPortVlans: procedure
    .input(
      z.object({
        interfaceIds: z.array(id).min(1).max(5_000),
        /** Null: none. */
        untagged: id.nullable().optional(),
        /** Just these, or these more and those no more. */
        tagged: z
          .union([
            z.object({ set: z.array(id).max(4_094) }),
            z.object({ add: z.array(id).max(4_094), take: z.array(id).max(4_094) }),
          ])
          .optional(),
      }),
    )
    .output(changed),
};
