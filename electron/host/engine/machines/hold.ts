import { setTimeout as wait } from 'node:timers/promises';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { describeOwner, type LockBusy, type MachineLock } from './machine-lock.ts';
import { spanWords } from './span-words.ts';
import type { AskJob } from './sudo-password.ts';

const lookAgainMs = 5_000;

export interface HoldOptions {
  readonly name: string;
  readonly ask: AskJob;
  readonly signal: AbortSignal;
  readonly isOver: (jobId: string) => boolean;
}

/**
 * Takes the lock. Where another job is alive on the machine the person says: wait, or take it over. One of
 * our own that died is known to hold nothing any more, whatever its lock says.
 */
export async function hold(
  lock: Pick<MachineLock, 'acquire'>,
  options: HoldOptions,
): Promise<void> {
  const { signal } = options;
  for (let push = ''; ; ) {
    const standing = await lock.acquire(signal, push);
    if (standing.state === 'held') return;
    push = options.isOver(standing.owner.job) ? standing.id : await whatNow(standing, options);
    if (push === '') await untilFree(lock, signal);
  }
}

async function untilFree(lock: Pick<MachineLock, 'acquire'>, signal: AbortSignal): Promise<void> {
  do await wait(lookAgainMs, undefined, { signal }).catch(() => {});
  while ((await lock.acquire(signal)).state === 'busy');
}

/** The one to push out, or nothing: wait. */
async function whatNow(busy: LockBusy, { name, ask }: HoldOptions): Promise<string> {
  const who = describeOwner(busy.owner);
  const text = `${name} is held by ${who} for ${spanWords(busy.heldFor)}, last heard of ${spanWords(busy.heardAgo)} ago.`;
  const answer = await ask({
    kind: 'choice',
    text,
    choices: [
      { id: 'wait', label: 'Wait until it is free' },
      {
        id: 'take-over',
        label: 'Take the machine over',
        says: 'The other job ends before its next change; what it did so far stays.',
      },
    ],
  });
  if (answer.kind === 'choice' && answer.id === 'take-over') return busy.id;
  if (answer.kind === 'choice' && answer.id === 'wait') return '';
  throw new RackhelmError('MACHINE_BUSY', text, {
    data: { owner: busy.owner, heldFor: busy.heldFor, heardAgo: busy.heardAgo },
  });
}
