import { expect, it } from 'vitest';
import type { WhoItIs } from '../../../../shared/onboarding/draft.ts';
import { answerOf, choiceOf, identityOptions } from './who-words.ts';

const who = (verdict: WhoItIs['verdict']): WhoItIs => ({
  verdict,
  deviceId: 'd1',
  deviceName: 'x86-1',
  says: '',
  matches: [
    { deviceId: 'd2', deviceName: 'nas', verdict: 'another', reasons: [] },
    { deviceId: 'd1', deviceName: 'x86-1', verdict: 'clone', reasons: [] },
  ],
  suggestion: { name: 'x86-2', kind: 'server' },
});

it('offers first what the evidence says', () => {
  expect(identityOptions(who('clone'))[0]?.value).toBe('clone d1');
  expect(identityOptions(who('known'))[0]?.value).toBe('known d1');
  expect(identityOptions(who('new'))[0]?.value).toBe('new');
});

it('says of a clone what will be done to it', () => {
  const [first] = identityOptions(who('clone'));
  expect(first?.says).toMatch(/machine ID and host keys of its own/);
});

it('reads back what it wrote', () => {
  for (const { value } of identityOptions(who('unclear'))) {
    expect(choiceOf(answerOf(value))).toBe(value);
  }
});
