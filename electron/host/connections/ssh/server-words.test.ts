import { describe, expect, it } from 'vitest';
import { ServerWords } from './server-words.ts';

describe('ServerWords', () => {
  it('takes away what moves the cursor, names windows, hides or turns text', () => {
    const words = new ServerWords();
    const text = '\u001b[2J\u001b]0;title\u0007Hello\r\n\u202eworld\u0007\u200b\tend';
    expect(words.harmless(text)).toBe('Hello\nworld\tend');
  });

  it('bounds how long it is', () => {
    expect(new ServerWords().harmless('x'.repeat(100_000), 50)).toBe(`${'x'.repeat(50)} …`);
  });

  const secret = 'Corr3ct horse!';
  it.each([
    ['as it was typed', secret],
    ['in other letters', secret.toUpperCase()],
    ['backwards', [...secret].reverse().join('')],
    ['in base64', Buffer.from(secret).toString('base64')],
    ['in hex', Buffer.from(secret).toString('hex')],
    ['for an address', encodeURIComponent(secret)],
    ['letter by letter', [...secret].join(' - ')],
    ['with an escape in the middle', 'Corr3ct\u001b[1m horse!'],
  ])('never shows a secret that was typed: %s', (_, form) => {
    const words = new ServerWords();
    words.typed(secret);
    expect(words.harmless(`Wrong: ${form}.`)).toBe('(left out: it repeats what was typed)');
    expect(words.harmless('Try again.')).toBe('Try again.');
  });

  it('shows it again once it is forgotten, and minds no single letter', () => {
    const words = new ServerWords();
    words.typed('y');
    words.typed('gone');
    words.forget();
    expect(words.harmless('yes, gone')).toBe('yes, gone');
  });
});
