import type { IdentityMatch } from '../../../../shared/model/identity.ts';
import { matchSentence } from '../../../../shared/model/identity-words.ts';
import type { MachineToAdd } from '../../inventory/index.ts';
import { tell } from '../terminal/output.ts';
import { askLine, hasTerminal } from '../terminal/terminal-ask.ts';

/** Which device the machine is; null: leave it out. */
export type ChooseDevice = (
  question: { readonly host: string; readonly matches: readonly IdentityMatch[] },
  signal: AbortSignal,
) => Promise<Exclude<MachineToAdd['as'], 'evidence'> | null>;

/** Null where there is no terminal to ask at. */
export function createChooseDevice(onInterrupt: () => void): ChooseDevice | null {
  if (!hasTerminal()) return null;
  return async ({ host, matches }, signal) => {
    const lines = matches.map((match, index) => `  ${index + 1}  ${matchSentence(match)}\n`);
    tell(`It is not clear which machine ${host} is.\n${lines.join('')}  n  A new device.\n`);
    const numbers = matches.length === 1 ? '1' : `1 to ${matches.length}`;
    const prompt = `Type ${numbers} to record its facts there, n for a new device, anything else to leave it out: `;
    const typed = (await askLine(prompt, true, { signal, onInterrupt }))?.trim().toLowerCase();
    if (typed === 'n') return 'new';
    const chosen = /^\d+$/.test(typed ?? '') ? matches[Number(typed) - 1] : undefined;
    return chosen ? { deviceId: chosen.deviceId } : null;
  };
}
