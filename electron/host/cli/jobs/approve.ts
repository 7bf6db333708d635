import { Exit, exitCodes } from '../run-command.ts';
import { tell } from '../terminal/output.ts';
import { type Asking, askLine, hasTerminal } from '../terminal/terminal-ask.ts';

/**
 * Resolves where a person says yes to what was shown, or said so beforehand. Throws Exit: with `waiting`
 * where nobody can be asked, as interrupted where somebody said no.
 */
export async function approve({ yes }: { readonly yes?: true }, asking: Asking): Promise<void> {
  if (yes) return;
  if (!hasTerminal()) {
    tell('Nobody is there to approve this; say --yes to do it, or --plan to only see it.\n');
    throw new Exit(exitCodes.waiting);
  }
  const typed = await askLine('Type yes to do this, anything else to stop: ', true, asking);
  if (typed?.trim() === 'yes') return;
  tell('Nothing was done.\n');
  throw new Exit(exitCodes.interrupted);
}
