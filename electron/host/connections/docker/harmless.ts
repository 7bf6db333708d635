import { oneLine } from '../../../../shared/visible-text.ts';

/** What an engine said, to stand in a sentence of ours. */
export function harmless(text: string): string {
  return oneLine(text.replace(/\s+/g, ' ')).replace(/\.$/, '');
}
