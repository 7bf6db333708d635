import { z } from 'zod';
import { id } from './inventory.ts';

/** By what a machine may be known again: of its board, its system, its cards and disks, its place. */
export const identityKinds = [
  'product-uuid',
  'serial',
  'board-serial',
  'chassis-serial',
  'machine-id',
  'host-id',
  'ssh-host-key',
  'mac',
  'disk',
  'hostname',
  'ssh-target',
  'address',
] as const;
export const identityKind = z.enum(identityKinds);
export type IdentityKind = z.infer<typeof identityKind>;

/**
 * What all evidence together says of a machine and a device: `same` is acted upon; `probably-same`
 * and `clone` are for a person to decide; `another` has something in common and is not it.
 */
export const identityVerdicts = ['same', 'probably-same', 'clone', 'another'] as const;
export const identityVerdict = z.enum(identityVerdicts);
export type IdentityVerdict = z.infer<typeof identityVerdict>;

/** How much a reason counts. `faint`: only beside others that say the same. */
export const identityWeights = ['strong', 'weak', 'faint'] as const;
export const identityWeight = z.enum(identityWeights);
export type IdentityWeight = z.infer<typeof identityWeight>;

export const identityReason = z.object({
  kind: identityKind,
  agrees: z.boolean(),
  weight: identityWeight,
  /** What the machine says: of many, the first few that matter. */
  observed: z.array(z.string()),
  /** What is known of the device where that is something else. */
  known: z.array(z.string()),
  /** How many devices of the inventory carry what agrees; 0 where nothing does. */
  devices: z.number().int().nonnegative(),
});
export type IdentityReason = z.infer<typeof identityReason>;

/** A device that a machine may be, with every reason for and against, the weightiest first. */
export const identityMatch = z.object({
  deviceId: id,
  deviceName: z.string(),
  verdict: identityVerdict,
  reasons: z.array(identityReason),
});
export type IdentityMatch = z.infer<typeof identityMatch>;
