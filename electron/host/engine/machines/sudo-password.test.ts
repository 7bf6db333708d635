import { describe, expect, it } from 'vitest';
import type { JobAnswer } from '../../../../shared/jobs/question.ts';
import { SudoPassword } from './sudo-password.ts';

const signal = new AbortController().signal;
const account = { user: 'ada', host: 'pi-1', port: 22 };
const typed: JobAnswer = { kind: 'secret', secret: 'typed\nmore', remember: true };

function password({
  kept = null,
  answer = typed,
}: {
  kept?: string | null;
  answer?: JobAnswer;
} = {}) {
  const told: unknown[] = [];
  const ask = async (question: unknown) => {
    told.push(question);
    return answer;
  };
  const remembered = {
    get: async () => kept,
    worked: async (...what: unknown[]) => void told.push(['worked', ...what]),
    failed: async (...what: unknown[]) => void told.push(['failed', ...what]),
  };
  return { told, one: new SudoPassword(account, ask, remembered) };
}

describe('SudoPassword', () => {
  it('is asked for once, up to its line end, and remembered where the person says so', async () => {
    const { one, told } = password();
    expect(await one.get(signal)).toBe('typed');
    await one.worked();
    await one.worked();
    expect(await one.get(signal)).toBe('typed');
    expect(told).toEqual([
      { kind: 'sudo-password', user: 'ada', host: 'pi-1', attempt: 1 },
      ['worked', account, 'typed', true],
    ]);
  });

  it('that was not to be remembered is told to nobody', async () => {
    const { one, told } = password({ answer: { kind: 'secret', secret: 'x', remember: false } });
    await one.get(signal);
    await one.worked();
    expect(told).toHaveLength(1);
  });

  it('that is remembered asks nobody, and is told to be wrong where it is', async () => {
    const { one, told } = password({ kept: 'kept' });
    expect(await one.get(signal)).toBe('kept');
    const error = await one.failed();
    expect(error).toMatchObject({ code: 'SUDO_PASSWORD_WRONG' });
    expect(error.message).toContain('The remembered sudo password of ada on pi-1');
    expect(told).toEqual([['failed', account]]);
    await expect(one.get(signal)).rejects.toBe(error);
  });

  it('that is not given ends it', async () => {
    const { one } = password({ answer: { kind: 'cancel' } });
    await expect(one.get(signal)).rejects.toMatchObject({ code: 'SSH_CANCELLED' });
  });

  it('is cut out of what a machine says', async () => {
    const { one } = password();
    expect(one.redacted('typed')).toBe('typed');
    await one.get(signal);
    expect(one.redacted('you typed typed.')).toBe('you (hidden) (hidden).');
  });
});
