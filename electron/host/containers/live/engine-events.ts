import { z } from 'zod';
import { whole } from '../../../../shared/cluster/tolerant.ts';

const event = z.object({
  Type: z.string().max(100).default(''),
  Action: z.string().max(1_000).default(''),
  Actor: z.object({ ID: z.string().max(1_000).default('') }).default({ ID: '' }),
  time: whole,
});

/** What an event means for what is held. */
export type EngineChange =
  | { readonly type: 'container'; readonly id: string; readonly gone: boolean }
  | { readonly type: 'images' | 'volumes' | 'networks' }
  | { readonly type: 'nothing' };

/** Actions that change nothing in a list; a health check runs them all the time. */
const silent = /^(exec_|top|attach|detach|resize|export|archive-path|extract-to-dir|copy)/;

/** `at`: seconds, where events go on after a broken connection. */
export function readEvent(line: unknown): { readonly at: number; readonly change: EngineChange } {
  const { data } = event.safeParse(line);
  if (data === undefined) return { at: 0, change: { type: 'nothing' } };
  return { at: data.time, change: changeOf(data) };
}

function changeOf({ Type, Action, Actor: { ID } }: z.infer<typeof event>): EngineChange {
  switch (Type) {
    case 'container':
      if (silent.test(Action) || ID === '') return { type: 'nothing' };
      return { type: 'container', id: ID, gone: Action === 'destroy' || Action === 'remove' };
    case 'image':
      return { type: 'images' };
    case 'volume':
      // Mounting says who uses it, which containers tell too.
      return /^(u?n?mount)$/.test(Action) ? { type: 'nothing' } : { type: 'volumes' };
    case 'network':
      return { type: 'networks' };
    default:
      return { type: 'nothing' };
  }
}
