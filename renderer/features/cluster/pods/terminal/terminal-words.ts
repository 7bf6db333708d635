import { isolated } from '../../../../ui/isolate.ts';
import type { OpenTerminal } from './terminal-store.ts';

/** The keyboard leaves the terminal by it: a shell may want any other key. */
export const leaveKeys = 'Ctrl+Shift+L';

/** How a terminal stands, for who sees it and who does not. */
export function stateWords({
  place: { container },
  state,
}: Pick<OpenTerminal, 'place' | 'state'>): string {
  const where = container === null ? '' : ` in ${isolated(container)}`;
  switch (state.is) {
    case 'opening':
      return `Opening a shell${where}…`;
    case 'open':
      return `${state.shell}${where}`;
    case 'failed':
      return 'It could not be opened.';
    case 'ended':
      if (state.lost) return 'The connection was lost; what became of the shell is unknown.';
      if (state.code !== null) return `It ended with exit code ${state.code}.`;
      return state.message === null ? 'It ended.' : `It ended: ${state.message}`;
  }
}
