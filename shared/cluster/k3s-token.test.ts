import { describe, expect, it } from 'vitest';
import { readJoinToken, tokenObjection } from './k3s-token.ts';

const HASH = 'a1'.repeat(32);
const SECRET = 'correcthorse';

describe('a token to join with', () => {
  it.each([
    [`K10${HASH}::server:${SECRET}`, { form: 'server', caHash: HASH, user: 'server' }],
    [`K10${HASH}::node:${SECRET}`, { form: 'agent-or-other' }],
    [`K10${HASH}::abcdef.0123456789abcdef`, { form: 'bootstrap', id: 'abcdef', caHash: HASH }],
    ['abcdef.0123456789abcdef', { form: 'bootstrap', caHash: null }],
    [SECRET, { form: 'bare' }],
    [`  K10${HASH}::server:a:b::c\n`, { form: 'server' }],
  ])('is known by its form: %s', (text, token) => {
    expect(readJoinToken(text)).toMatchObject({ ok: true, token });
  });

  it.each([
    '',
    '   ',
    `K10${HASH.slice(0, 40)}::server:${SECRET}`,
    `K10${HASH}`,
    `K10${HASH}::server:`,
    `${HASH}::server:${SECRET}`,
    `K10${HASH}::server:${SECRET} and more`,
    'x'.repeat(10_000),
  ])('is refused where it is cut or mixed up: %j', (text) => {
    expect(readJoinToken(text).ok).toBe(false);
  });

  it('never gives its secret part out', () => {
    for (const text of [
      `K10${HASH}::server:${SECRET}`,
      `K10${HASH.slice(1)}::server:${SECRET}`,
      SECRET,
    ])
      expect(JSON.stringify(readJoinToken(text))).not.toContain(SECRET);
  });

  it('for agents lets no server join', () => {
    const reading = readJoinToken('abcdef.0123456789abcdef');
    if (!reading.ok) throw new Error(reading.says);
    expect(tokenObjection(reading.token, 'server')).toMatch(/for agents/);
    expect(tokenObjection(reading.token, 'agent')).toBeNull();
  });
});
