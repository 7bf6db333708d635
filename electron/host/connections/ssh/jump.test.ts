import { describe, expect, it } from 'vitest';
import { parseJump } from './jump.ts';

describe('parseJump', () => {
  it.each([
    ['bastion', { host: 'bastion' }],
    ['bastion:2222', { host: 'bastion', port: 2222 }],
    ['me@bastion', { host: 'bastion', user: 'me' }],
    ['me@10.0.0.1:22', { host: '10.0.0.1', user: 'me', port: 22 }],
    ['a@b@bastion', { host: 'bastion', user: 'a@b' }],
    ['[fd00::1]:2222', { host: 'fd00::1', port: 2222 }],
    ['me@[fd00::1]', { host: 'fd00::1', user: 'me' }],
    ['fd00::1', { host: 'fd00::1' }],
    ['ssh://me@bastion:22', { host: 'bastion', user: 'me', port: 22 }],
    [' bastion ', { host: 'bastion' }],
  ])('reads %s', (text, expected) => {
    expect(parseJump(text)).toEqual(expected);
  });

  it.each([
    '',
    '@bastion',
    'bastion:0',
    'bastion:65536',
    'bastion:ssh',
    'a b',
    '-oProxyCommand=x',
    '[fd00::1',
  ])('refuses "%s"', (text) => {
    expect(parseJump(text)).toBeNull();
  });
});
