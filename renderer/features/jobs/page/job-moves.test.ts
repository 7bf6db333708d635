import { expect, it } from 'vitest';
import type { JobState } from '../../../../shared/jobs/job-state.ts';
import { offeredMoves } from './job-moves.ts';
import { specimenError } from './job-specimens.ts';

const labels = (state: JobState, undoable = true) =>
  offeredMoves({ state, undoable }).map(({ label }) => label);
const ended = { startedAt: 1, endedAt: 2 };

it('offers what helps in each state, by the name that it has there', () => {
  expect(labels({ state: 'running', startedAt: 1 })).toEqual(['Cancel']);
  expect(labels({ state: 'failed', ...ended, error: specimenError })).toEqual([
    'Try again',
    'Undo job',
    'Leave as it is',
  ]);
  expect(labels({ state: 'interrupted', ...ended })).toEqual([
    'Go on',
    'Undo job',
    'Leave as it is',
  ]);
  expect(labels({ state: 'undone', ...ended })).toEqual([]);
});

it('does not offer to undo where nothing stands', () => {
  expect(labels({ state: 'done', ...ended }, false)).toEqual([]);
});
