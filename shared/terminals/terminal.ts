import { z } from 'zod';
import { podPlace } from '../cluster/pods/pod-terminal.ts';
import { sshQuestion } from '../model/ssh.ts';
import { screenEvents } from './screen.ts';

/** Where a terminal's shell runs. */
export const terminalPlace = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('device'), deviceId: z.uuid() }),
  z.object({
    kind: z.literal('container'),
    engineId: z.uuid(),
    /** Its id or its name. */
    container: z.string().min(1).max(255),
  }),
  podPlace.extend({ kind: z.literal('pod') }),
]);
export type TerminalPlace = z.infer<typeof terminalPlace>;

/** One that the host holds, whether a window looks at it or not. */
export const heldTerminal = z.object({
  id: z.uuid(),
  place: terminalPlace,
  /** What it was called when it was opened: a device's name, a container's. */
  name: z.string().max(255),
  /** UTC milliseconds. */
  openedAt: z.number().int(),
  state: z.enum(['opening', 'open', 'ended']),
});
export type HeldTerminalInfo = z.infer<typeof heldTerminal>;

export const sessionEvent = z.discriminatedUnion('type', [
  ...screenEvents,
  /** What connecting does, and what it asks meanwhile. */
  z.object({ type: z.literal('step'), text: z.string() }),
  z.object({ type: z.literal('question'), questionId: z.uuid(), question: sshQuestion }),
  /** Another window shows it now. */
  z.object({ type: z.literal('taken') }),
]);
export type SessionEvent = z.infer<typeof sessionEvent>;
