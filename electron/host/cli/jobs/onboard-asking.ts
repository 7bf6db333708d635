import type { JobAnswer, JobQuestion } from '../../../../shared/jobs/question.ts';
import type { Ask } from '../../connections/ssh/index.ts';
import { tell } from '../terminal/output.ts';
import { askLine, hasTerminal } from '../terminal/terminal-ask.ts';

export interface JobAsking {
  readonly ask: Ask;
  readonly signal: AbortSignal;
  readonly onInterrupt: () => void;
  /** What is typed shall be remembered once it worked. */
  readonly remember?: boolean;
}

/** Answers what a look or a job asks, on the terminal; without one, nothing. */
export async function answerQuestion(question: JobQuestion, asking: JobAsking): Promise<JobAnswer> {
  const { ask, signal } = asking;
  switch (question.kind) {
    case 'ssh': {
      const answer = await ask(question.question, signal);
      // It has the same members, but for what only a window may want remembered.
      return answer.kind === 'cancel' ? answer : { kind: 'ssh', answer };
    }
    case 'sudo-password': {
      if (!hasTerminal()) return { kind: 'cancel' };
      const prompt = `Password of ${question.user} on ${question.host} for sudo: `;
      const secret = await askLine(prompt, false, asking);
      return secret === null
        ? { kind: 'cancel' }
        : { kind: 'secret', secret, remember: asking.remember === true };
    }
    case 'choice':
      return await choose(question, asking);
  }
}

async function choose(
  { text, choices }: Extract<JobQuestion, { kind: 'choice' }>,
  asking: JobAsking,
): Promise<JobAnswer> {
  if (!hasTerminal()) return { kind: 'cancel' };
  const lines = choices.map(({ label, says }, at) => {
    return `  ${at + 1}  ${label}${says === undefined ? '' : `: ${says}`}\n`;
  });
  tell(`${text}\n${lines.join('')}`);
  const typed = await askLine('Number: ', true, asking);
  const chosen = choices[Number(typed) - 1];
  return chosen === undefined ? { kind: 'cancel' } : { kind: 'choice', id: chosen.id };
}
