import { beforeEach, describe, expect, it } from 'vitest';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { SshAnswer, SshQuestion } from '../../../../shared/model/ssh.ts';
import type { Ask } from '../../connections/ssh/index.ts';
import { temporaryData } from '../../db/temporary-data.ts';
import { rememberingAsk } from './remembering-ask.ts';
import { byPassphrase, password, secretsBed } from './secrets-bed.ts';

const bed = secretsBed(temporaryData);
beforeEach(() => bed.secrets.setUp(byPassphrase));

const { signal } = new AbortController();
const asker = { user: 'ada', host: 'pi-1', address: 'pi-1', port: 22, through: [], attempt: 1 };
const question: SshQuestion = { kind: 'password', ...asker };
const again: SshQuestion = { ...question, attempt: 2 };
const prompt = (text: string, echo = false): SshQuestion => ({
  kind: 'keyboard-interactive',
  ...asker,
  name: '',
  instructions: '',
  prompts: [{ prompt: text, echo }],
});

/** A person who gives these answers in turn. */
function person(...answers: SshAnswer[]) {
  const asked: SshQuestion[] = [];
  const ask: Ask = async (what) => {
    asked.push(what);
    return answers.shift() ?? { kind: 'cancel' };
  };
  return { ask, asked };
}
const typed = (secret: string, remember = true) => ({ kind: 'secret', secret, remember }) as const;
const nobody: Ask = async () => {
  throw new RackhelmError('SSH_ANSWER_NEEDED', 'Nobody is there.');
};
const attended = (ask: Ask) => rememberingAsk(ask, bed.secrets, { attended: true });
const alone = () => rememberingAsk(nobody, bed.secrets, { attended: false });

describe('what a person wants remembered', () => {
  it('is stored once it has worked, and not before', async () => {
    const { ask } = person(typed('right'));
    const answer = await attended(ask)(question, signal);
    expect(answer).toMatchObject({ kind: 'secret', secret: 'right' });
    expect(bed.secrets.find(password)).toBeNull();
    answer.worked?.();
    await expect.poll(() => bed.secrets.find(password)?.workedAt).toEqual(expect.any(Number));
    expect(await alone()(question, signal)).toMatchObject({ secret: 'right' });
  });

  it('is not stored where nobody said so', async () => {
    const { ask } = person(typed('right', false));
    const answer = await attended(ask)(question, signal);
    expect(answer.worked).toBeUndefined();
  });

  it('that cannot be stored is told, and the login goes on', async () => {
    bed.secrets.lock();
    const told: string[] = [];
    const { ask } = person(typed('right'));
    const options = { attended: true, onTrouble: (text: string) => told.push(text) };
    const answer = await rememberingAsk(ask, bed.secrets, options)(question, signal);
    answer.worked?.();
    await expect.poll(() => told).toEqual([expect.stringContaining('locked')]);
  });
});

describe('what is stored', () => {
  beforeEach(async () => {
    await bed.secrets.put(password, 'old');
  });

  it('answers first, and a person is asked where it is wrong', async () => {
    const { ask, asked } = person(typed('new'));
    const remembering = attended(ask);
    const first = await remembering(question, signal);
    expect([first, asked]).toMatchObject([{ secret: 'old' }, []]);
    first.wrong?.();
    const second = await remembering(again, signal);
    expect([second, asked]).toMatchObject([{ secret: 'new' }, [again]]);
    second.worked?.();
    await expect.poll(() => bed.secrets.find(password)?.failedAt).toBeNull();
    expect(await alone()(question, signal)).toMatchObject({ secret: 'new' });
  });

  it('is not tried again once it was wrong: that could lock the account', async () => {
    (await alone()(question, signal)).wrong?.();
    await expect(alone()(question, signal)).rejects.toMatchObject({
      code: 'SSH_ANSWER_NEEDED',
      message: expect.stringContaining('not accepted the last time'),
    });
    const { ask, asked } = person(typed('new'));
    await attended(ask)(question, signal);
    expect(asked).toEqual([question]);
  });

  it('answers a prompt for the password, and neither a code nor what shows or changes it', async () => {
    for (const text of [
      'Password: ',
      '(ada@pi-1) Password for ada:',
      'Passwort:',
      'Mot de passe :',
    ])
      expect(await alone()(prompt(text), signal)).toMatchObject({ secret: 'old' });
    for (const text of ['Verification code: ', 'One-time password:', 'New password:', 'PIN:', ''])
      await expect(alone()(prompt(text), signal)).rejects.toMatchObject({
        code: 'SSH_ANSWER_NEEDED',
      });
    await expect(alone()(prompt('Password: ', true), signal)).rejects.toBeInstanceOf(RackhelmError);
  });

  it('in a locked store is why nobody can answer; a person is asked, or unlocks it', async () => {
    bed.secrets.lock();
    await expect(alone()(question, signal)).rejects.toMatchObject({
      code: 'SECRETS_LOCKED',
      message: expect.stringContaining('ada on pi-1'),
    });
    const { ask, asked } = person(typed('old', false));
    await attended(ask)(question, signal);
    expect(asked).toHaveLength(1);
    const unlock = async () => {
      await bed.secrets.unlock(byPassphrase);
      return true;
    };
    const unlocking = rememberingAsk(nobody, bed.secrets, { attended: true, unlock });
    expect(await unlocking(question, signal)).toMatchObject({ secret: 'old' });
  });

  it('is used where the person unlocks the store and says so', async () => {
    bed.secrets.lock();
    const ask: Ask = async () => {
      await bed.secrets.unlock(byPassphrase);
      return { kind: 'stored' };
    };
    expect(await attended(ask)(question, signal)).toMatchObject({ secret: 'old' });
  });

  it('is nothing to a machine at the same address behind a jump host', async () => {
    const behind = { ...question, through: ['ada@gate:22'] };
    await expect(alone()(behind, signal)).rejects.toMatchObject({ code: 'SSH_ANSWER_NEEDED' });
  });

  it('leaves host keys to the person', async () => {
    const key = { host: 'pi-1', type: 'x', sha256: 'SHA256:x', md5: 'MD5:x' };
    const { ask, asked } = person({ kind: 'host-key', accept: true });
    await attended(ask)({ kind: 'unknown-host-key', key }, signal);
    expect(asked).toHaveLength(1);
  });
});
