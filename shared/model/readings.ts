import { z } from 'zod';
import type { ErrorCode } from './errors.ts';

/** By which way a device was read: a person alone, the command line, many at once, by the clock. */
export const readingSources = ['window', 'command-line', 'refresh', 'schedule'] as const;
export type ReadingSource = (typeof readingSources)[number];

/** Why the last attempt to read a device failed. Times are UTC milliseconds. */
export const readingFailure = z.object({
  code: z.string(),
  /** One sentence for a person. */
  message: z.string(),
  hint: z.string(),
  /** When the first of the attempts failed that have failed one after the other. */
  since: z.number().int(),
  /** How many those are. */
  times: z.number().int().positive(),
});
export type ReadingFailure = z.infer<typeof readingFailure>;

/** What is known of reading a device; `observedAt` is when facts were last collected. */
export interface ReadingFacts {
  readonly observedAt: number | null;
  readonly failure: ReadingFailure | null;
}

/**
 * How far what is shown of a device can be trusted. `asks`: reading it wants an answer that only a
 * person can give; `unreachable`: nothing answers there now; `failed`: it answers and could not be read.
 */
export type ReadingState = 'never' | 'fresh' | 'old' | 'asks' | 'unreachable' | 'failed';

/** After this long, in milliseconds, what was read is told to be old. */
export const oldAfterMs = 7 * 24 * 60 * 60 * 1000;

export function readingState({ observedAt, failure }: ReadingFacts, now: number): ReadingState {
  if (failure !== null) {
    if (needsPerson(failure.code)) return 'asks';
    return unreachable.has(failure.code) ? 'unreachable' : 'failed';
  }
  if (observedAt === null) return 'never';
  return now - observedAt > oldAfterMs ? 'old' : 'fresh';
}

/** Whether the attempt ended because nobody was there to answer what it had to ask. */
export function needsPerson(code: string): boolean {
  return asking.has(code);
}

const asking: ReadonlySet<string> = new Set<ErrorCode>([
  'SSH_HOST_KEY_UNKNOWN',
  'SSH_HOST_KEY_CHANGED',
  'SSH_ANSWER_NEEDED',
  'OTHER_MACHINE',
]);

const unreachable: ReadonlySet<string> = new Set<ErrorCode>([
  'SSH_HOST_UNKNOWN',
  'SSH_REFUSED',
  'SSH_UNREACHABLE',
  'SSH_TIMEOUT',
  'SSH_CONNECTION_LOST',
  'SSH_JUMP_FAILED',
]);

/** Two or three words for a list; the whole sentence stands on the device's page. */
export function failureWords(code: string): string {
  // A code of a newer release may stand in the database.
  return (words as Readonly<Record<string, string>>)[code] ?? 'failed';
}

const words: Partial<Record<ErrorCode, string>> = {
  SSH_HOST_UNKNOWN: 'name unknown',
  SSH_REFUSED: 'refused',
  SSH_UNREACHABLE: 'no way there',
  SSH_TIMEOUT: 'no answer',
  SSH_NOT_SSH: 'no SSH there',
  SSH_CONNECTION_LOST: 'connection lost',
  SSH_JUMP_FAILED: 'jump host failed',
  SSH_FORWARD_REFUSED: 'forwarding refused',
  SSH_CONFIG_INVALID: 'ssh configuration',
  SSH_HOST_KEY_UNKNOWN: 'unknown host key',
  SSH_HOST_KEY_CHANGED: 'changed host key',
  SSH_ANSWER_NEEDED: 'waits for you',
  SSH_AUTH_FAILED: 'not let in',
  SSH_PASSPHRASE_WRONG: 'passphrase wrong',
  SSH_KEY_UNREADABLE: 'key unreadable',
  SSH_NO_SHELL: 'no shell',
  SSH_OUTPUT_TOO_LARGE: 'too much output',
  SSH_OUTPUT_INVALID: 'answer not understood',
  OTHER_MACHINE: 'another machine',
  INVALID_INPUT: 'SSH settings',
  INTERNAL: 'a fault of Rackhelm',
};

/** Minutes between two refreshes of all devices by the clock: five at least, a week at most. */
export const scheduleMinutes = z
  .number()
  .int()
  .min(5)
  .max(7 * 24 * 60);

/** Kept in each data directory. */
export const readingSchedule = z.object({
  /** Null: off. */
  everyMinutes: scheduleMinutes.nullable(),
  /** When it last began, UTC milliseconds. */
  ranAt: z.number().int().nullable(),
});
export type ReadingSchedule = z.infer<typeof readingSchedule>;
