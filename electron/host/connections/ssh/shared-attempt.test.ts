import { describe, expect, it } from 'vitest';
import type { SshAnswer, SshQuestion } from '../../../../shared/model/ssh.ts';
import { type AttemptContext, type Participant, SharedAttempt } from './shared-attempt.ts';

const question: SshQuestion = {
  kind: 'password',
  user: 'me',
  host: 'node',
  address: 'node',
  port: 22,
  through: [],
  attempt: 1,
};
const answer: SshAnswer = { kind: 'secret', secret: 'x' };
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function participant(more: Partial<Participant> = {}): Participant {
  return {
    ask: async () => answer,
    signal: new AbortController().signal,
    onStep: () => {},
    timeoutMs: 1000,
    ...more,
  };
}

describe('SharedAttempt', () => {
  it('does the work once for all who wait, and tells latecomers what happened so far', async () => {
    let times = 0;
    const attempt = new SharedAttempt(async (context) => {
      times += 1;
      context.step('connect', 'one');
      await pause(20);
      context.step('authenticate', 'two');
      return 'done';
    });
    const heard: string[] = [];
    const first = attempt.join(participant());
    await pause(5);
    const onStep = (_step: string, text: string) => heard.push(text);
    const second = attempt.join(participant({ onStep }));
    const joined = await Promise.all([first, second]);
    expect(joined.map(({ value }) => value)).toEqual(['done', 'done']);
    expect(times).toBe(1);
    expect(heard).toEqual(['one', 'two']);
  });

  it('ends the work when the last one has left, not before', async () => {
    let context: AttemptContext | undefined;
    const attempt = new SharedAttempt((given) => {
      context = given;
      return new Promise(() => {});
    });
    const [one, two] = [new AbortController(), new AbortController()];
    const joined = [one, two].map(({ signal }) => attempt.join(participant({ signal })));
    const failed = joined.map((promise) => promise.catch((error) => error.code));
    await pause(1);
    one.abort();
    expect(await failed[0]).toBe('SSH_CANCELLED');
    expect(context?.signal.aborted).toBe(false);
    two.abort();
    expect(await failed[1]).toBe('SSH_CANCELLED');
    expect(context?.signal.aborted).toBe(true);
    expect(attempt.abandoned).toBe(true);
  });

  it('stops every clock while the person thinks, the outer one too', async () => {
    const outer: string[] = [];
    const hold = () => {
      outer.push('hold');
      return () => outer.push('go');
    };
    const ask = async () => {
      await pause(120);
      return answer;
    };
    const attempt = new SharedAttempt((context) => context.ask(question));
    const slow = attempt.join(participant({ ask, timeoutMs: 50, hold }));
    const other = attempt.join(participant({ timeoutMs: 50 }));
    for (const { value, spentMs } of await Promise.all([slow, other])) {
      expect(value).toEqual(answer);
      expect(spentMs).toBeLessThan(50);
    }
    expect(outer).toEqual(['hold', 'go']);
  });

  it('runs out of time with the error that fits what it was waiting for', async () => {
    const attempt = new SharedAttempt(() => new Promise(() => {}));
    await expect(attempt.join(participant({ timeoutMs: 20 }))).rejects.toMatchObject({
      code: 'SSH_TIMEOUT',
    });
  });

  it('fails for all when the person cannot be asked', async () => {
    const ask = async () => {
      throw new Error('no terminal');
    };
    const attempt = new SharedAttempt((context) => context.ask(question));
    await expect(attempt.join(participant({ ask }))).rejects.toThrow('no terminal');
  });
});
