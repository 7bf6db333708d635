import type { SshQuestion } from '../../../shared/model/ssh.ts';
import type { SessionEvent, TerminalPlace } from '../../../shared/terminals/terminal.ts';
import type { Failure } from '../../rpc/failure.ts';

/** A terminal as the window shows it beside its screen. */
export interface TerminalPane {
  readonly id: string;
  readonly place: TerminalPlace;
  readonly name: string;
  /** Its screen is there to be shown. */
  readonly drawn: boolean;
  readonly state: PaneState;
}

export interface AskedNow {
  readonly questionId: string;
  readonly question: SshQuestion;
}

export type PaneState =
  /** The host holds it, and this window does not show it yet. */
  | { readonly is: 'held' }
  | { readonly is: 'opening'; readonly step: string; readonly asks: AskedNow | null }
  | { readonly is: 'open'; readonly shell: string }
  | ({ readonly is: 'ended' } & Omit<Extract<SessionEvent, { type: 'ended' }>, 'type'>)
  | { readonly is: 'failed'; readonly failure: Failure }
  /** Another window shows it. */
  | { readonly is: 'taken' };

/** What an event changes beside the screen; null: nothing. */
export function stateAfter(event: SessionEvent, state: PaneState): PaneState | null {
  switch (event.type) {
    case 'data':
      return null;
    case 'open':
      return { is: 'open', shell: event.shell };
    case 'ended': {
      const { code, message, lost } = event;
      return { is: 'ended', code, message, lost };
    }
    case 'taken':
      return { is: 'taken' };
    case 'step':
      return { is: 'opening', step: event.text, asks: null };
    case 'question': {
      const step = state.is === 'opening' ? state.step : '';
      const { questionId, question } = event;
      return { is: 'opening', step, asks: { questionId, question } };
    }
  }
}

export const isOver = ({ is }: PaneState): boolean => is === 'ended' || is === 'failed';

/** How a terminal stands, for who sees it and who does not. */
export function paneWords(state: PaneState): string {
  switch (state.is) {
    case 'held':
      return 'It runs.';
    case 'opening':
      return state.step === '' ? 'Connecting…' : state.step;
    case 'open':
      return state.shell;
    case 'failed':
      return 'It could not be opened.';
    case 'taken':
      return 'Another window shows it.';
    case 'ended':
      if (state.lost) return 'The connection was lost; what became of the shell is unknown.';
      if (state.code !== null) return `It ended with exit code ${state.code}.`;
      return state.message === null ? 'It ended.' : `It ended: ${state.message}`;
  }
}
