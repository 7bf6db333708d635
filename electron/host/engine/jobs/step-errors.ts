import type { StepError } from '../../../../shared/jobs/step-state.ts';
import { type ErrorCode, RackhelmError } from '../../../../shared/model/errors.ts';
import { isUnfinished } from '../../connections/ssh/index.ts';

const lostContact: ReadonlySet<string> = new Set<ErrorCode>([
  'SSH_CONNECTION_LOST',
  'SSH_REFUSED',
  'SSH_TIMEOUT',
  'SSH_UNREACHABLE',
]);

/** Whether it says nothing of what happened on the machine. */
export function isLostContact(error: unknown): boolean {
  return error instanceof RackhelmError && lostContact.has(error.code);
}

/**
 * How a step ends of which it is not known whether it was done: `cause` did not go away by trying again. One
 * that was never begun is told of as it is.
 */
export function leftOpen(
  cause: unknown,
  { title, begun }: { readonly title: string; readonly begun: boolean },
): unknown {
  if (!begun || !(cause instanceof RackhelmError)) return cause;
  const { message } = cause;
  return isUnfinished(cause)
    ? new RackhelmError('STEP_UNFINISHED', `"${title}" did not come to its end: ${message}`, {
        cause,
      })
    : new RackhelmError(
        'CONTACT_LOST',
        `The machine could not be reached any more while "${title}" was being done: ${message}`,
        { cause },
      );
}

const open: ReadonlySet<string> = new Set<ErrorCode>(['CONTACT_LOST', 'STEP_UNFINISHED']);

export function isLeftOpen({ code }: StepError): boolean {
  return open.has(code);
}

const wantsPerson: ReadonlySet<string> = new Set<ErrorCode>([
  'ANSWER_NEEDED',
  'SSH_ANSWER_NEEDED',
  'SSH_HOST_KEY_UNKNOWN',
]);

/** Whether a job without a person ends as waiting because of it, as opposed to failing. */
export function needsPerson(error: unknown): boolean {
  if (!(error instanceof RackhelmError)) return false;
  return wantsPerson.has(error.code) || error.code.startsWith('SECRETS_LOCKED');
}

const longest = 2_000;

/** For the journal and the face; `report` is told of what is no failure of ours. */
export function toStepError(error: unknown, report: (error: unknown) => void): StepError {
  if (error instanceof RackhelmError) {
    const { code, message, hint } = error;
    return { code, message: message.slice(0, longest), hint: hint.slice(0, longest) };
  }
  report(error);
  const internal = new RackhelmError('INTERNAL', 'Something went wrong inside Rackhelm.');
  return { code: internal.code, message: internal.message, hint: internal.hint };
}
