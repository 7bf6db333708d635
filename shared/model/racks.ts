import { z } from 'zod';
import { deviceKind, deviceStatus, id, timestamp } from './inventory.ts';

const unit = z.number().min(1).max(100.5).multipleOf(0.5);
const face = z.enum(['front', 'rear']);
const side = z.enum(['left', 'middle', 'right']);

/** Where a device is: at a unit of a rack, beside it, in or on another device, or nowhere. */
export const mountedPlace = z.object({
  rackId: id.nullable(),
  position: unit.nullable(),
  face: face.nullable(),
  side: side.nullable(),
  parentId: id.nullable(),
  bay: z.string().trim().min(1).max(200).nullable(),
});
export type MountedPlace = z.infer<typeof mountedPlace>;

/** A device as an elevation draws it. What was stored before a rule came is shown as it is. */
export const elevationDevice = z.object({
  id,
  name: z.string(),
  kind: deviceKind,
  status: deviceStatus,
  rackId: id.nullable(),
  position: z.number().nullable(),
  heightUnits: z.number(),
  face: face.nullable(),
  side: side.nullable(),
  parentId: id.nullable(),
  bay: z.string().nullable(),
  /** Of its type. */
  width: z.enum(['full', 'half', 'third']).nullable(),
  fullDepth: z.boolean().nullable(),
  /** mm */
  depth: z.number().nullable(),
  /** Its type has places for others; they are called so where the type names them. */
  holder: z.boolean(),
  bays: z.array(z.string()),
  model: z.string().nullable(),
  hostname: z.string().nullable(),
  assetTag: z.string().nullable(),
  primaryAddress: z.string().nullable(),
  watts: z.number().nullable(),
  wattsFrom: z.enum(['measured', 'nameplate']),
  observedAt: timestamp.nullable(),
  differences: z.number().int(),
  /** The last attempt to read it failed. */
  failed: z.boolean(),
});
export type ElevationDevice = z.infer<typeof elevationDevice>;
