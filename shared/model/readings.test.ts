import { describe, expect, it } from 'vitest';
import { errorTable } from './errors.ts';
import { failureWords, oldAfterMs, type ReadingFailure, readingState } from './readings.ts';

const now = 1_800_000_000_000;
const failure = (code: string): ReadingFailure => ({
  code,
  message: 'No.',
  hint: '',
  since: now,
  times: 1,
});

describe('how reading a device stands', () => {
  it.each([
    ['never', { observedAt: null, failure: null }],
    ['fresh', { observedAt: now - oldAfterMs, failure: null }],
    ['old', { observedAt: now - oldAfterMs - 1, failure: null }],
    ['unreachable', { observedAt: now, failure: failure('SSH_REFUSED') }],
    ['unreachable', { observedAt: null, failure: failure('SSH_TIMEOUT') }],
    ['failed', { observedAt: now, failure: failure('SSH_NO_SHELL') }],
    ['failed', { observedAt: now, failure: failure('A_CODE_OF_A_LATER_RELEASE') }],
    ['asks', { observedAt: now, failure: failure('SSH_HOST_KEY_CHANGED') }],
    ['asks', { observedAt: now, failure: failure('SSH_ANSWER_NEEDED') }],
    ['asks', { observedAt: now, failure: failure('OTHER_MACHINE') }],
  ] as const)('is %s for %j', (state, reading) => {
    expect(readingState(reading, now)).toBe(state);
  });

  it('has plain words for every failure of SSH, and some for any other', () => {
    for (const code of Object.keys(errorTable).filter((each) => each.startsWith('SSH_'))) {
      if (code === 'SSH_CANCELLED') continue;
      expect(failureWords(code), code).not.toBe('failed');
    }
    expect(failureWords('A_CODE_OF_A_LATER_RELEASE')).toBe('failed');
  });
});
