import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isUnderWay, type JobState, jobState, movesOf } from './job-state.ts';
import { mayStand, type StepState, stepState } from './step-state.ts';
import { type JobHappening, nextJob, nextStep, type StepEvent } from './transitions.ts';

const error = { code: 'INTERNAL', message: 'It broke.', hint: 'Mend it.' };

const stepEvent: fc.Arbitrary<StepEvent> = fc.oneof(
  fc.constantFrom<StepEvent>(
    { type: 'probe' },
    { type: 'begin' },
    { type: 'done', found: 'there' },
    { type: 'undo' },
    { type: 'undone', found: 'gone' },
    { type: 'undo-failed', error },
  ),
  fc.boolean().map((stands): StepEvent => ({ type: 'present', found: 'there', stands })),
  fc.boolean().map((begun): StepEvent => ({ type: 'fail', error, begun })),
  fc.boolean().map((stands): StepEvent => ({ type: 'drop', stands })),
);

const happening = fc.constantFrom<JobHappening>(
  { type: 'queue' },
  { type: 'run' },
  { type: 'ask' },
  { type: 'answered' },
  { type: 'done' },
  { type: 'fail', error },
  { type: 'need', needs: 'a password' },
  { type: 'cancelled' },
  { type: 'interrupt' },
  { type: 'undo' },
  { type: 'undone' },
  { type: 'undo-failed', error },
  { type: 'leave' },
);

/** Every state on the way, those events left out that cannot happen. */
function walk<S, E>(
  start: S,
  events: readonly E[],
  next: (state: S, event: E, at: number) => S | null,
): [before: S, event: E, after: S][] {
  const steps: [S, E, S][] = [];
  let state = start;
  events.forEach((event, at) => {
    const after = next(state, event, at + 1);
    if (after === null) return;
    steps.push([state, event, after]);
    state = after;
  });
  return steps;
}

describe('a step', () => {
  const walks = fc
    .array(stepEvent, { maxLength: 40 })
    .map((events) => walk<StepState, StepEvent>({ state: 'pending' }, events, nextStep));

  it('is always in one of its states', () => {
    fc.assert(
      fc.property(walks, (steps) => {
        for (const [, , after] of steps) expect(stepState.parse(after)).toEqual(after);
      }),
    );
  });

  it('may stand from the moment it is begun until it is undone', () => {
    fc.assert(
      fc.property(walks, (steps) => {
        for (const [before, event, after] of steps) {
          if (event.type === 'begin' || event.type === 'undo') expect(mayStand(after)).toBe(true);
          if (mayStand(before) && event.type !== 'undone') {
            // While it is looked at again, the journal holds what was known before.
            expect(mayStand(after) || after.state === 'probing').toBe(true);
          }
          if (event.type === 'undone') expect(mayStand(after)).toBe(false);
        }
      }),
    );
  });

  it('is done only after it was begun, or where the probe says that it stands', () => {
    fc.assert(
      fc.property(walks, (steps) => {
        for (const [before, event, after] of steps) {
          if (after.state !== 'done') continue;
          expect(before.state === 'begun' || event.type === 'present').toBe(true);
        }
      }),
    );
  });
});

describe('a job', () => {
  const walks = fc
    .array(happening, { maxLength: 60 })
    .map((events) => walk<JobState, JobHappening>({ state: 'queued' }, events, nextJob));

  it('is always in one of its states', () => {
    fc.assert(
      fc.property(walks, (steps) => {
        for (const [, , after] of steps) expect(jobState.parse(after)).toEqual(after);
      }),
    );
  });

  it('can be moved by a person as its state offers, and only so', () => {
    const events = { resume: 'queue', undo: 'undo', leave: 'leave', cancel: 'cancelled' } as const;
    fc.assert(
      fc.property(walks, (steps) => {
        for (const [, , state] of steps) {
          for (const [move, type] of Object.entries(events) as [keyof typeof events, 'queue'][]) {
            const possible = nextJob(state, { type }, 9) !== null;
            expect([state.state, move, possible]).toEqual([
              state.state,
              move,
              movesOf(state).includes(move),
            ]);
          }
        }
      }),
    );
  });

  it('is interrupted exactly where the runner was at it', () => {
    fc.assert(
      fc.property(walks, (steps) => {
        for (const [, , state] of steps) {
          expect(nextJob(state, { type: 'interrupt' }, 9) !== null).toBe(isUnderWay(state));
        }
      }),
    );
  });
});
