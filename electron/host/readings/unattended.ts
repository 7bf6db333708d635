import { RackhelmError } from '../../../shared/model/errors.ts';
import type { SshQuestion } from '../../../shared/model/ssh.ts';
import type { Ask } from '../connections/ssh/index.ts';

const alone = 'Refresh this device alone, and answer what it asks.';

/** Nobody is there to answer: what would be asked is the reason why the device was not read. */
export const unattended: Ask = async (question) => {
  throw refusal(question);
};

function refusal(question: SshQuestion): RackhelmError {
  switch (question.kind) {
    case 'unknown-host-key':
      return new RackhelmError(
        'SSH_HOST_KEY_UNKNOWN',
        `The host key of ${question.key.host} is not known yet, and nobody was there to compare it.`,
        { hint: alone, data: { key: question.key } },
      );
    case 'changed-host-key':
      return new RackhelmError(
        'SSH_HOST_KEY_CHANGED',
        `${question.key.host} shows another host key than before.`,
        {
          hint: 'If you reinstalled it, refresh this device alone and accept the new key; if not, somebody may be in between.',
          data: { key: question.key, known: question.known },
        },
      );
    case 'passphrase':
      return answerNeeded(`The key ${question.keyFile} wants its passphrase.`);
    case 'password':
      return answerNeeded(`${question.host} wants the password of ${question.user}.`);
    case 'keyboard-interactive':
      return answerNeeded(`${question.host} wants an answer to log in.`);
  }
}

function answerNeeded(message: string): RackhelmError {
  return new RackhelmError('SSH_ANSWER_NEEDED', message, {
    hint: `${alone} With an agent, or a key without a passphrase, nothing is asked.`,
  });
}
