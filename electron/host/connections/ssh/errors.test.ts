import { describe, expect, it } from 'vitest';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { fromHandshakeError, fromSocketError, jumpFailed, place } from './errors.ts';

const system = (code: string) => Object.assign(new Error(`connect ${code}`), { code });

describe('fromSocketError', () => {
  it.each([
    ['ENOTFOUND', 'SSH_HOST_UNKNOWN'],
    ['EAI_AGAIN', 'SSH_HOST_UNKNOWN'],
    ['ECONNREFUSED', 'SSH_REFUSED'],
    ['EHOSTUNREACH', 'SSH_UNREACHABLE'],
    ['ENETUNREACH', 'SSH_UNREACHABLE'],
    ['ETIMEDOUT', 'SSH_TIMEOUT'],
    ['ECONNRESET', 'SSH_CONNECTION_LOST'],
    ['ESOMETHINGNEW', 'SSH_CONNECTION_LOST'],
  ])('%s is %s, names the place and keeps the cause', (code, expected) => {
    const cause = system(code);
    const error = fromSocketError(cause, 'node:2222');
    expect(error.code).toBe(expected);
    expect(error.message).toContain('node:2222');
    expect(error.cause).toBe(cause);
  });

  it('takes the most telling of several addresses', () => {
    const error = new AggregateError([system('ENETUNREACH'), system('ECONNREFUSED')]);
    expect(fromSocketError(error, 'node').code).toBe('SSH_REFUSED');
  });
});

describe('fromHandshakeError', () => {
  it('tells outdated algorithms from a server that is none', () => {
    const outdated = fromHandshakeError(new Error('no matching key exchange algorithm'), 'node');
    expect(outdated).toMatchObject({ code: 'SSH_NOT_SSH' });
    expect((outdated as RackhelmError).hint).toContain('outdated');
    expect(fromHandshakeError(new Error('read ECONNRESET'), 'node')).toMatchObject({
      code: 'SSH_CONNECTION_LOST',
    });
  });
});

describe('jumpFailed', () => {
  it('names the hop, and keeps hint, data and cause of what went wrong there', () => {
    const cause = new RackhelmError('SSH_AUTH_FAILED', 'No.', { hint: 'Try.', data: { a: 1 } });
    expect(jumpFailed('me@hop:22', cause)).toMatchObject({
      code: 'SSH_JUMP_FAILED',
      message: 'The jump host me@hop:22 failed: No.',
      hint: 'Try.',
      data: { a: 1, hop: 'me@hop:22', code: 'SSH_AUTH_FAILED' },
      cause,
    });
  });
});

describe('place', () => {
  it('adds the port where it is not the usual one', () => {
    expect(place('node', 22)).toBe('node');
    expect(place('node', 2222)).toBe('node:2222');
    expect(place('fd00::1', 2222)).toBe('[fd00::1]:2222');
  });
});
