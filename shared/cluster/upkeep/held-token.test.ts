import { expect, it } from 'vitest';
import { exchangeToken, passwordOfToken } from './held-token.ts';

const hash = 'a'.repeat(64);
const tokens = { old: `K10${hash}::server:lab`, fresh: `K10${hash}::server:new\n` };
const server = { ...tokens, role: 'server' } as const;

it('exchanges the token alone, in its quotes and with its comment, and nothing that only looks like it', () => {
  const text = `# token: lab\nnode-label:\n  - place=lab\n"token": 'lab' # ours\nagent-token: other\nserver: https://lab:6443\n`;
  expect(exchangeToken(text, { ...server, form: 'yaml' })).toBe(
    text.replace("'lab' # ours", `'K10${hash}::server:new' # ours`),
  );
});

it('keeps whom a node says it is, and lets an agent with a bare password name the cluster', () => {
  const agent = { ...tokens, role: 'agent', form: 'env' } as const;
  const given = `K3S_URL='https://a:6443'\nK3S_TOKEN='K10${hash}::node:lab'\n`;
  expect(exchangeToken(given, agent)).toContain(`K3S_TOKEN='K10${hash}::node:new'`);
  expect(exchangeToken('K3S_TOKEN=lab\n', agent)).toBe(`K3S_TOKEN=K10${hash}::node:new\n`);
});

it('leaves tokens that end by themselves, those of other clusters and other words alone', () => {
  for (const held of ['abcdef.0123456789abcdef', `K10${hash}::abcdef.0123456789abcdef`, 'another'])
    expect(exchangeToken(`${held}\n`, { ...server, form: 'token' })).toBeNull();
  expect(exchangeToken(`${tokens.old}\n`, { ...server, form: 'token' })).toBe(
    `K10${hash}::server:new\n`,
  );
});

it('takes a password with colons whole', () => {
  expect(passwordOfToken(`K10${hash}::server:a:b`)).toBe('a:b');
});
