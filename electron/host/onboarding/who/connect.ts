import type { AttemptEvent } from '../../../../shared/contract/machines.ts';
import type { DraftMachine } from '../../../../shared/onboarding/draft.ts';
import { summarize } from '../../../../shared/onboarding/summarize.ts';
import type { Attempts } from '../attempts.ts';
import { type Drafts, machineOf } from '../drafts/index.ts';
import type { Reading } from '../machine-reader.ts';
import { whoItIs } from './who-it-is.ts';

export interface ConnectInput {
  readonly id: string;
  readonly machineId: string;
  readonly attemptId: string;
}

/**
 * Connects to a machine of a draft and keeps what came of it with the draft, before whoever listens is
 * told. One that was given up says nothing of the machine.
 */
export async function* connectMachine(
  needs: {
    readonly drafts: Drafts;
    readonly attempts: Attempts;
  },
  { id, machineId, attemptId }: ConnectInput,
  signal: AbortSignal | undefined,
): AsyncGenerator<AttemptEvent, void, void> {
  const { drafts, attempts } = needs;
  const { target } = machineOf(drafts.get(id), machineId);
  for await (const event of attempts.connect({ attemptId, target }, signal)) {
    const found = foundBy(event, attempts.reading(attemptId));
    // It may have been taken out, or sent elsewhere, while the machine took its time.
    const still = drafts.get(id).machines.find((one) => one.id === machineId);
    if (found !== undefined && still !== undefined && isSameTarget(still, target)) {
      drafts.foundOf(id, machineId, () => found);
    }
    yield event;
  }
}

const isSameTarget = (machine: DraftMachine, target: DraftMachine['target']) =>
  JSON.stringify(machine.target) === JSON.stringify(target);

function foundBy(
  event: AttemptEvent,
  reading: Reading | undefined,
): Partial<DraftMachine> | undefined {
  if (event.type === 'ready' && reading !== undefined) return foundIn(reading, event);
  if (event.type !== 'failed' || event.code === 'SSH_CANCELLED') return undefined;
  const { code, message, error } = event;
  return { connection: { state: 'failed', at: Date.now(), code, message, hint: error.hint } };
}

/** What a draft keeps of a machine that was read. */
function foundIn(
  { facts, resolved, hostKey }: Reading,
  { matches, suggestion }: Pick<Extract<AttemptEvent, { type: 'ready' }>, 'matches' | 'suggestion'>,
): Pick<DraftMachine, 'connection' | 'facts' | 'who'> {
  return {
    connection: {
      state: 'read',
      at: facts.collectedAt,
      user: resolved.user,
      hostKey: hostKey ? { type: hostKey.type, sha256: hostKey.sha256 } : null,
    },
    facts: summarize(facts),
    who: whoItIs(matches, suggestion),
  };
}
