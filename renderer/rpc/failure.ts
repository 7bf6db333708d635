import { ORPCError } from '@orpc/client';
import { z } from 'zod';
import { inputIssue, inputSentence } from './input-words.ts';

/** An error as a person sees it: what happened and what to do. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Thrown by the client itself while there is no connection to the host. */
export class LinkDownError extends Error {
  constructor() {
    super('Rackhelm has ended or does not answer.');
    this.name = 'LinkDownError';
  }
}

/** Where the contract itself does not take something. */
export const correctIt = 'Correct it and try again.';

const carried = z.object({
  hint: z.string(),
  data: z.record(z.string(), z.unknown()).catch({}),
});

const inputIssues = z.object({ issues: z.array(inputIssue) });

function fromRpc(error: ORPCError<string, unknown>): Failure {
  const details = carried.safeParse(error.data);
  if (details.success) {
    return { code: error.code, message: error.message, ...details.data };
  }
  const invalid = inputIssues.safeParse(error.data);
  if (invalid.success) {
    const first = invalid.data.issues[0];
    return {
      code: 'INVALID_INPUT',
      message: first === undefined ? 'Something in this is not valid.' : inputSentence(first),
      hint: correctIt,
      data: { path: first?.path ?? [] },
    };
  }
  return {
    code: error.code,
    message: error.message,
    hint: 'Try again. If it stays, report it with the steps that led here.',
    data: {},
  };
}

/** Turns anything that a call may throw into what the face shows. */
export function toFailure(error: unknown): Failure {
  if (error instanceof ORPCError) return fromRpc(error);
  if (error instanceof LinkDownError || isClosedSocket(error)) {
    return {
      code: 'LINK_DOWN',
      message: 'Rackhelm has ended or does not answer.',
      hint: 'This shows once it answers again.',
      data: {},
    };
  }
  return {
    code: 'UNEXPECTED',
    message: error instanceof Error ? error.message : String(error),
    hint: 'Try again. If it stays, report it with the steps that led here.',
    data: {},
  };
}

function isClosedSocket(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return /not open|peer.*closed|connection.*closed/i.test(error.message);
}

export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
