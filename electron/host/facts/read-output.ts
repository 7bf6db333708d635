import { RackhelmError } from '../../../shared/model/errors.ts';
import { threadEntry, WorkerThread } from '../worker/index.ts';
import { type Answer, type RawOutput, readAnswer } from './answer.ts';
import type { FactsAsks } from './facts-thread.ts';
import { insertSlice } from './slices.ts';

/**
 * Bytes up to which an output is read where it arrives, in some milliseconds: most machines print 20
 * to 60 KB. A thread takes 100 ms to start, which 16 machines at once would pay for.
 */
const mostHere = 128 * 1024;

const thread = new WorkerThread<FactsAsks>({
  entry: threadEntry(import.meta.url, 'facts-thread'),
  task: 'Reading what the machine printed',
});

/**
 * Reads what the script printed without holding up the event loop, whatever it is. Throws the
 * signal's reason, or SSH_OUTPUT_INVALID where reading needs more memory than it may have.
 */
export async function readOutput(output: RawOutput, signal: AbortSignal): Promise<Answer> {
  const size = output.run.stdout.length + (output.again?.stdout.length ?? 0);
  if (size <= mostHere) return readAnswer(output);
  let answer: Answer | null = null;
  try {
    await thread.run('read', output, {
      signal,
      onPart: (part) => {
        if ('rest' in part) answer = part.rest;
        else insertSlice(answer, part.slice);
      },
    });
  } catch (error) {
    if (!(error instanceof RackhelmError && error.data.outOfMemory)) throw error;
    const message = 'What the machine printed is too much to be read.';
    throw new RackhelmError('SSH_OUTPUT_INVALID', message, { cause: error });
  }
  if (answer === null)
    throw new RackhelmError('INTERNAL', 'The facts were read without an answer.');
  return answer;
}
