import { z } from 'zod';

/** What a person accepts beforehand; without it, such pods stop a drain. */
export const drainOptions = z.object({
  /** Pods of daemon sets stay, as nothing gets rid of them but deleting the set. */
  ignoreDaemonSets: z.boolean(),
  /** What lies in an emptyDir is lost. */
  deleteLocalData: z.boolean(),
  /** Pods that nothing makes anew are gone for good. */
  deleteUncontrolled: z.boolean(),
  /** Instead of what each pod asks for; null: that. */
  graceSeconds: z.number().int().min(1).max(86_400).nullable(),
  /** So long all pods together may take; then the job ends as failed. */
  minutes: z.number().int().min(1).max(1_440),
});
export type DrainOptions = z.infer<typeof drainOptions>;

export const usualDrain: DrainOptions = {
  ignoreDaemonSets: true,
  deleteLocalData: false,
  deleteUncontrolled: false,
  graceSeconds: null,
  minutes: 15,
};
