import { z } from 'zod';
import type { Failure } from '../../rpc/failure.ts';

const offered = z.object({ offer: z.string(), user: z.string().nullable().catch(null) });

/** Where a device without an SSH host could be reached; null: nothing declared says. */
export function offerOf(failure: Failure): { readonly host: string; readonly text: string } | null {
  const data = offered.safeParse(failure.data).data;
  if (data === undefined) return null;
  return { host: data.offer, text: data.user === null ? data.offer : `${data.user}@${data.offer}` };
}
