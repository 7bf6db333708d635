import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { id } from '../model/inventory.ts';
import { sshAnswer } from '../model/ssh.ts';
import { terminalSize } from '../terminals/screen.ts';
import { heldTerminal, sessionEvent, terminalPlace } from '../terminals/terminal.ts';
import { procedure } from './base.ts';

const one = z.object({ id });
const nothing = z.object({});

/** Shells on machines, in containers and in pods. The host holds them: a window only looks. */
export const terminals = {
  /** All of them, again each time that one is opened or ends. */
  follow: procedure.output(eventIterator(z.object({ terminals: z.array(heldTerminal).max(100) }))),
  /**
   * Opens one under the caller's own id, or shows the one that stands under it, with what it showed before
   * unless that is `seen`. It goes on when the caller leaves. Throws what connecting throws.
   */
  open: procedure
    .input(
      one.extend({
        place: terminalPlace,
        size: terminalSize,
        seen: z.boolean().default(false),
      }),
    )
    .output(eventIterator(sessionEvent)),
  answer: procedure
    .input(one.extend({ questionId: id, answer: sshAnswer }))
    .output(z.object({ taken: z.boolean() })),
  write: procedure.input(one.extend({ data: z.string().max(65_536) })).output(nothing),
  resize: procedure.input(one.extend({ size: terminalSize })).output(nothing),
  /** So many characters were drawn; the host sends no more than can be. */
  drawn: procedure
    .input(one.extend({ characters: z.number().int().nonnegative() }))
    .output(nothing),
  /** What runs in it ends with it. */
  end: procedure.input(one).output(nothing),
};
