import { z } from 'zod';
import { id, rackRow, removalPreview, serviceRow, siteRow } from '../model/inventory.ts';
import { givenName } from '../model/name.ts';
import { searchResult } from '../model/search.ts';
import { procedure } from './base.ts';

export const inventory = {
  /** Counts for the overview, and whether nothing is there yet. */
  summary: procedure.output(
    z.object({
      empty: z.boolean(),
      /** Something of the sample rack is there. */
      sample: z.boolean(),
      devices: z.number().int(),
      racks: z.number().int(),
      vlans: z.number().int(),
      services: z.number().int(),
      neverObserved: z.number().int(),
      withDifferences: z.number().int(),
      /** Those that the last attempt could not read. */
      couldNotBeRead: z.number().int(),
    }),
  ),
  sites: procedure.output(z.array(siteRow)),
  racks: procedure.output(z.array(rackRow)),
  /** Creates a rack; the site is created too when no site of that name exists. */
  createRack: procedure
    .input(
      z.object({
        siteName: givenName,
        name: givenName,
        heightUnits: z.number().int().min(1).max(100),
        /** Inches between the rails. */
        width: z.enum(['10', '19', '21', '23']).nullable().default(null),
      }),
    )
    .output(z.object({ id, changeSetId: id })),
  /** Only the given fields are written. A rack that got too low for its devices is refused. */
  updateRack: procedure
    .input(
      z.object({
        id,
        name: givenName.optional(),
        heightUnits: z.number().int().min(1).max(100).optional(),
        comment: z.string().trim().max(20_000).nullable().optional(),
      }),
    )
    .output(z.object({ changeSetId: id })),
  /** Its devices stay, at their site and without a rack; `devices` says how many those are. */
  removeRack: procedure
    .input(z.object({ id }))
    .output(z.object({ changeSetId: id, devices: z.number().int() })),
  rackRemovalPreview: procedure.input(z.object({ id })).output(removalPreview),
  services: procedure.output(z.array(serviceRow)),
  tags: procedure.output(
    z.array(z.object({ name: z.string(), devices: z.number().int(), things: z.number().int() })),
  ),
  search: procedure
    .input(
      z.object({ text: z.string().max(200), limit: z.number().int().min(1).max(500).default(20) }),
    )
    .output(searchResult),
  /** Imports resources/sample-rack.yaml as one change set. */
  openSample: procedure.output(z.object({ changeSetId: id, devices: z.number().int() })),
  /** What would go with the sample rack; null: it is not there. */
  samplePreview: procedure.output(removalPreview.nullable()),
  /** The whole of it, as one change set. NOT_FOUND where it is not there. */
  removeSample: procedure.output(z.object({ changeSetId: id })),
};
