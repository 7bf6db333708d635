import { ORPCError } from '@orpc/client';
import { describe, expect, it } from 'vitest';
import { LinkDownError, toFailure } from './failure.ts';

describe('failures', () => {
  it('carries code, message, hint and data of a typed error', () => {
    const error = new ORPCError('UNDO_CONFLICT', {
      defined: true,
      message: 'pi-1 was changed since.',
      data: { hint: 'Undo the later changes first.', data: { rows: 2 } },
    });
    expect(toFailure(error)).toEqual({
      code: 'UNDO_CONFLICT',
      message: 'pi-1 was changed since.',
      hint: 'Undo the later changes first.',
      data: { rows: 2 },
    });
  });

  it('always has a hint, also for an error of no known shape', () => {
    expect(toFailure(new ORPCError('TEAPOT', { message: 'No coffee.' })).hint).not.toBe('');
    expect(toFailure('just words')).toMatchObject({ code: 'UNEXPECTED', message: 'just words' });
  });

  it('says that the host is away', () => {
    expect(toFailure(new LinkDownError()).code).toBe('LINK_DOWN');
    expect(toFailure(new Error('Cannot send message, WebSocket is not open.')).code).toBe(
      'LINK_DOWN',
    );
  });
});
