import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { HostKeyFacts, SshAnswer, SshQuestion } from '../../../../shared/model/ssh.ts';
import type { Ask } from '../../connections/ssh/index.ts';
import { tell } from './output.ts';

export interface Asking {
  readonly signal: AbortSignal;
  /** Ctrl-C, which the terminal passes on as a key while somebody is asked. */
  readonly onInterrupt: () => void;
}

/** Ctrl-C that came as a key, to whoever listens for the signal. */
export const interrupt = () => void process.kill(process.pid, 'SIGINT');

/** Asks on the terminal; what is typed shows only when `echo` is true. Null: the person left. */
export function askLine(prompt: string, echo: boolean, asking: Asking): Promise<string | null> {
  const { signal, onInterrupt } = asking;
  return new Promise((resolve) => {
    if (signal.aborted || process.stdin.readableEnded) {
      resolve(null);
      return;
    }
    const hidden = new Writable({ write: (_chunk, _encoding, done) => done() });
    // First of all: from here on the terminal itself shows nothing of what is typed.
    const line = createInterface({
      input: process.stdin,
      output: echo ? process.stderr : hidden,
      terminal: true,
    });
    tell(prompt);
    // Closing tells 'close' at once, so what was typed has to be there before.
    let typed: string | null = null;
    const leave = () => line.close();
    const stopped = letStop(prompt);
    line.once('line', (text) => {
      typed = text;
      line.close();
    });
    line.once('SIGINT', () => {
      line.close();
      onInterrupt();
    });
    line.once('close', () => {
      signal.removeEventListener('abort', leave);
      stopped();
      if (!echo || typed === null) tell('\n');
      resolve(typed);
    });
    signal.addEventListener('abort', leave, { once: true });
  });
}

/**
 * Stopped from outside, the terminal is given back as it was, and taken again with the prompt when it
 * goes on. (Ctrl-Z comes as a key, and ends here too.) Returns how to leave it.
 */
function letStop(prompt: string): () => void {
  const onStop = () => {
    process.stdin.setRawMode(false);
    process.kill(process.pid, 'SIGSTOP');
  };
  const onContinue = () => {
    process.stdin.setRawMode(true);
    tell(`\n${prompt}`);
  };
  process.on('SIGTSTP', onStop);
  process.on('SIGCONT', onContinue);
  return () => {
    process.off('SIGTSTP', onStop);
    process.off('SIGCONT', onContinue);
  };
}

function keyText(key: HostKeyFacts): string {
  return `  ${key.type}\n  ${key.sha256}\n  ${key.md5}\n`;
}

async function askHostKey(text: string, word: string, asking: Asking): Promise<SshAnswer> {
  tell(text);
  const answer = await askLine(`Type ${word} to accept it, anything else to stop: `, true, asking);
  return answer === null
    ? { kind: 'cancel' }
    : { kind: 'host-key', accept: answer.trim() === word };
}

async function askOnTerminal(question: SshQuestion, asking: Asking): Promise<SshAnswer> {
  switch (question.kind) {
    case 'unknown-host-key':
      return askHostKey(
        `${question.key.host} is not known yet. It shows this key:\n${keyText(question.key)}`,
        'yes',
        asking,
      );
    case 'changed-host-key':
      return askHostKey(
        `THE HOST KEY OF ${question.key.host} HAS CHANGED.\nNow:\n${keyText(question.key)}` +
          `On record:\n${question.known.map(keyText).join('')}`,
        'changed',
        asking,
      );
    case 'password':
    case 'passphrase': {
      const what =
        question.kind === 'password'
          ? `Password of ${question.user}@${question.host}: `
          : `Passphrase of ${question.keyFile}: `;
      const secret = await askLine(what, false, asking);
      return secret === null ? { kind: 'cancel' } : { kind: 'secret', secret };
    }
    case 'keyboard-interactive': {
      if (question.instructions !== '') tell(`${question.host} says: ${question.instructions}\n`);
      const responses: string[] = [];
      for (const { prompt, echo } of question.prompts) {
        // The machine words its prompts as it likes, also as those of another.
        const response = await askLine(`(${question.host}) ${prompt}`, echo, asking);
        if (response === null) return { kind: 'cancel' };
        responses.push(response);
      }
      return { kind: 'responses', responses };
    }
  }
}

/** Keys are refused; of a secret that nobody can type it is no person who cancelled. */
function withoutTerminal(question: SshQuestion): SshAnswer {
  if (question.kind === 'unknown-host-key' || question.kind === 'changed-host-key')
    return { kind: 'host-key', accept: false };
  const wanted =
    question.kind === 'passphrase'
      ? `The key ${question.keyFile} wants its passphrase`
      : `${question.host} wants a password`;
  throw new RackhelmError('SSH_AUTH_FAILED', `${wanted}, and there is no terminal to ask at.`, {
    hint: 'Run this in a terminal, or use an agent or a key without a passphrase.',
  });
}

export function hasTerminal(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/**
 * Answers for a command: options first, then the person at the terminal, one question at a time
 * even when several machines ask at once. Without a terminal no key is accepted, and where a secret
 * is wanted the answer is SSH_AUTH_FAILED.
 */
export function createTerminalAsk(options: {
  readonly acceptNewHostKey: boolean;
  readonly onInterrupt: () => void;
}): Ask {
  const { onInterrupt } = options;
  let turn: Promise<unknown> = Promise.resolve();
  return (question, signal) => {
    if (question.kind === 'unknown-host-key' && options.acceptNewHostKey) {
      return Promise.resolve({ kind: 'host-key', accept: true });
    }
    if (!hasTerminal()) {
      return Promise.resolve().then(() => withoutTerminal(question));
    }
    const answer = turn.then(() =>
      signal.aborted
        ? { kind: 'cancel' as const }
        : askOnTerminal(question, { signal, onInterrupt }),
    );
    turn = answer.catch(() => {});
    return answer;
  };
}
