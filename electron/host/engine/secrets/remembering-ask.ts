import { RackhelmError } from '../../../../shared/model/errors.ts';
import { type SecretSubject, subjectOf } from '../../../../shared/model/secrets.ts';
import type { SshQuestion } from '../../../../shared/model/ssh.ts';
import type { Answer, Ask } from '../../connections/ssh/index.ts';
import type { KnownSecret, Secrets } from './secrets.ts';

export interface RememberingOptions {
  /** Whether the person behind `ask` is there. Else what cannot be had ends with its own error. */
  readonly attended: boolean;
  /** Called where a secret is stored and cannot be read; true: the store is open now. */
  readonly unlock?: (signal: AbortSignal) => Promise<boolean>;
  /** Told why something could neither be used nor kept, as a sentence. */
  readonly onTrouble?: (sentence: string) => void;
}

/**
 * Answers from the store what a person had it remember, once for each connection; asks where nothing
 * is stored, or where that was not accepted. What the person wants remembered is stored when the login
 * has succeeded with it, and never before.
 */
export function rememberingAsk(
  ask: Ask,
  secrets: Pick<Secrets, 'find' | 'put'>,
  options: RememberingOptions,
): Ask {
  return async (question, signal) => {
    const subject = subjectOf(question);
    if (subject === null) return ask(question, signal);
    const stored = secrets.find(subject);
    const first = 'attempt' in question && question.attempt === 1;
    if (first && stored !== null) {
      const answer = await fromStore(stored, question, signal);
      if (answer !== null) return answer;
    }
    return fromPerson(question, subject, signal);
  };

  async function fromStore(
    stored: KnownSecret,
    question: SshQuestion,
    signal: AbortSignal,
  ): Promise<Answer | null> {
    if (stored.failedAt !== null) {
      // Once more could lock the account, and would be wrong again.
      if (!options.attended) throw notAccepted(question);
      return null;
    }
    try {
      return await read(stored);
    } catch (error) {
      if (!(error instanceof RackhelmError)) throw error;
      if (await options.unlock?.(signal)) return read(stored);
      if (!options.attended) throw withQuestion(error, question);
      options.onTrouble?.(`What is remembered cannot be used: ${error.message}`);
      return null;
    }
  }

  async function read(stored: KnownSecret): Promise<Answer> {
    const { secret, worked, wrong } = await stored.read();
    return { kind: 'secret', secret, worked, wrong };
  }

  async function fromPerson(
    question: SshQuestion,
    subject: SecretSubject,
    signal: AbortSignal,
  ): Promise<Answer> {
    for (;;) {
      const answer = await ask(question, signal);
      if (answer.kind === 'stored') {
        const again = await secrets.find(subject)?.read().catch(trouble);
        if (again) return { kind: 'secret', ...again };
        continue;
      }
      if (answer.kind !== 'secret') return answer;
      const { kind, secret, remember } = answer;
      if (secret === '' || remember !== true) return { kind, secret };
      return { kind, secret, worked: () => keep(subject, secret) };
    }
  }

  /** The login that it was for has succeeded, whatever comes of this. */
  function keep(subject: SecretSubject, secret: string): void {
    secrets.put(subject, secret, { worked: true }).catch(trouble);
  }

  function trouble(error: unknown): undefined {
    const why =
      error instanceof RackhelmError
        ? `${error.message} ${error.hint}`
        : 'Something went wrong inside Rackhelm.';
    options.onTrouble?.(`It was not remembered: ${why}`);
  }
}

/** What the question would have been, in front of why it could not be answered. */
function withQuestion(error: RackhelmError, question: SshQuestion): RackhelmError {
  const { code, hint, cause, data } = error;
  return new RackhelmError(code, `${wanted(question)} ${error.message}`, { hint, cause, data });
}

function notAccepted(question: SshQuestion): RackhelmError {
  const message = `${wanted(question)} It was not accepted the last time, and was not tried again.`;
  return new RackhelmError('SSH_ANSWER_NEEDED', message, {
    hint: 'Replace it in the settings under Secrets, or refresh this device alone and type the new one.',
  });
}

function wanted(question: SshQuestion): string {
  switch (question.kind) {
    case 'passphrase':
      return `The passphrase of ${question.keyFile} is remembered.`;
    case 'password':
    case 'keyboard-interactive':
      return `The password of ${question.user} on ${question.host} is remembered.`;
    default:
      return '';
  }
}
