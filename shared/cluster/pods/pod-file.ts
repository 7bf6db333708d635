import { z } from 'zod';
import { podPlace } from './pod-terminal.ts';

/** Of a file in a container; begins with `/`. */
export const podPath = z
  .string()
  .min(1)
  .max(4_096)
  .regex(/^\/[^\0]*$/);

export const podFile = z.object({
  name: z.string(),
  type: z.enum(['file', 'folder', 'link', 'other']),
  /** Bytes. */
  size: z.number().int(),
  /** UTC milliseconds. */
  changedAt: z.number(),
});
export type PodFile = z.infer<typeof podFile>;

export const podFolder = z.object({
  path: z.string(),
  /** Folders first, by name. */
  files: z.array(podFile),
  /** There are more than are listed. */
  more: z.boolean(),
  /** Where this computer keeps what was downloaded. */
  downloads: z.string(),
});
export type PodFolder = z.infer<typeof podFolder>;

export const podDownload = podPlace.extend({
  path: podPath,
  /** On the computer where Rackhelm runs. */
  to: z.string().min(1).max(4_096),
  /** What stands there already may go. */
  replace: z.boolean().default(false),
});
export type PodDownload = z.infer<typeof podDownload>;

export const downloadEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('reading'), done: z.number().int(), total: z.number().int() }),
  /** All of it is here; both sides are compared. */
  z.object({ type: z.literal('comparing') }),
  z.object({
    type: z.literal('done'),
    path: z.string(),
    size: z.number().int(),
    sha256: z.string(),
    /** False: the container has nothing that tells its hash; its size is right. */
    compared: z.boolean(),
  }),
]);
export type DownloadEvent = z.infer<typeof downloadEvent>;
