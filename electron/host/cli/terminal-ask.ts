import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { RackhelmError } from '../../../shared/model/errors.ts';
import type { HostKeyFacts, SshAnswer, SshQuestion } from '../../../shared/model/ssh.ts';
import type { Ask } from '../ssh/index.ts';
import { printable } from './printable.ts';

/** Asks on the terminal; what is typed shows only when `echo` is true. Null: the person left. */
function askLine(prompt: string, echo: boolean, signal: AbortSignal): Promise<string | null> {
  return new Promise((resolve) => {
    const hidden = new Writable({ write: (_chunk, _encoding, done) => done() });
    process.stderr.write(printable(prompt));
    const line = createInterface({
      input: process.stdin,
      output: echo ? process.stderr : hidden,
      terminal: true,
    });
    const end = (text: string | null) => {
      line.close();
      if (!echo) process.stderr.write('\n');
      resolve(text);
    };
    line.once('SIGINT', () => end(null));
    line.once('line', end);
    line.once('close', () => resolve(null));
    signal.addEventListener('abort', () => end(null), { once: true });
  });
}

function keyText(key: HostKeyFacts): string {
  return `  ${key.type}\n  ${key.sha256}\n  ${key.md5}\n`;
}

async function askHostKey(text: string, word: string, signal: AbortSignal): Promise<SshAnswer> {
  process.stderr.write(printable(text));
  const answer = await askLine(`Type ${word} to accept it, anything else to stop: `, true, signal);
  return { kind: 'host-key', accept: answer?.trim() === word };
}

async function askOnTerminal(question: SshQuestion, signal: AbortSignal): Promise<SshAnswer> {
  switch (question.kind) {
    case 'unknown-host-key':
      return askHostKey(
        `${question.key.host} is not known yet. It shows this key:\n${keyText(question.key)}`,
        'yes',
        signal,
      );
    case 'changed-host-key':
      return askHostKey(
        `THE HOST KEY OF ${question.key.host} HAS CHANGED.\nNow:\n${keyText(question.key)}` +
          `On record:\n${question.known.map(keyText).join('')}`,
        'changed',
        signal,
      );
    case 'password':
    case 'passphrase': {
      const what =
        question.kind === 'password'
          ? `Password of ${question.user}@${question.host}: `
          : `Passphrase of ${question.keyFile}: `;
      const secret = await askLine(what, false, signal);
      return secret === null ? { kind: 'cancel' } : { kind: 'secret', secret };
    }
    case 'keyboard-interactive': {
      if (question.instructions !== '')
        process.stderr.write(`${printable(question.instructions)}\n`);
      const responses: string[] = [];
      for (const { prompt, echo } of question.prompts) {
        const response = await askLine(prompt, echo, signal);
        if (response === null) return { kind: 'cancel' };
        responses.push(response);
      }
      return { kind: 'responses', responses };
    }
  }
}

function refusal(question: SshQuestion): SshAnswer {
  return question.kind === 'unknown-host-key' || question.kind === 'changed-host-key'
    ? { kind: 'host-key', accept: false }
    : { kind: 'cancel' };
}

/** Keys are refused; of a secret that nobody can type it is no person who cancelled. */
function withoutTerminal(question: SshQuestion): SshAnswer {
  const refused = refusal(question);
  if (refused.kind === 'host-key') return refused;
  const wanted =
    question.kind === 'passphrase'
      ? `The key ${question.keyFile} wants its passphrase`
      : `${'host' in question ? question.host : 'The machine'} wants a password`;
  throw new RackhelmError('SSH_AUTH_FAILED', `${wanted}, and there is no terminal to ask at.`, {
    hint: 'Run this in a terminal, or use an agent or a key without a passphrase.',
  });
}

/**
 * Answers for a command: options first, then the person at the terminal, one question at a time
 * even when several machines ask at once. Without a terminal no key is accepted, and where a secret
 * is wanted the answer is SSH_AUTH_FAILED.
 */
export function createTerminalAsk(options: { readonly acceptNewHostKey: boolean }): Ask {
  let turn: Promise<unknown> = Promise.resolve();
  return (question, signal) => {
    if (question.kind === 'unknown-host-key' && options.acceptNewHostKey) {
      return Promise.resolve({ kind: 'host-key', accept: true });
    }
    if (!process.stdin.isTTY || !process.stderr.isTTY) {
      return Promise.resolve().then(() => withoutTerminal(question));
    }
    const answer = turn.then(() =>
      signal.aborted ? refusal(question) : askOnTerminal(question, signal),
    );
    turn = answer.catch(() => {});
    return answer;
  };
}
