import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { identityMatch } from '../model/identity.ts';
import { comparisonRow, deviceKind, id } from '../model/inventory.ts';
import { givenName } from '../model/name.ts';
import { readingSchedule } from '../model/readings.ts';
import { shownFacts } from '../model/shown-facts.ts';
import { sshAnswer, sshQuestion, sshTarget } from '../model/ssh.ts';
import { errorData, procedure } from './base.ts';

/** What a person sees while Rackhelm connects to a machine and reads its facts. */
export const attemptEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('step'),
    step: z.enum([
      'resolve',
      'notice',
      'connect',
      'host-key',
      'authenticate',
      'wait',
      'collect',
      'save',
    ]),
    text: z.string(),
    /** The machine's own words, made harmless; they may be lines. */
    says: z.string().optional(),
    at: z.number().int(),
  }),
  z.object({ type: z.literal('question'), questionId: id, question: sshQuestion }),
  /** Facts are held under the attempt's id until `add` or until the stream is left. */
  z.object({
    type: z.literal('ready'),
    facts: shownFacts,
    suggestion: z.object({ name: z.string(), kind: deviceKind }),
    matches: z.array(identityMatch),
    /** Of an attempt on a device: why these facts are not recorded on it without being told to. */
    mismatch: z.object({ message: z.string(), hint: z.string() }).optional(),
  }),
  /** For a known device: the facts are recorded as observations. */
  z.object({
    type: z.literal('recorded'),
    deviceId: id,
    facts: shownFacts,
    differences: z.number().int(),
  }),
  z.object({ type: z.literal('failed'), code: z.string(), message: z.string(), error: errorData }),
]);
export type AttemptEvent = z.infer<typeof attemptEvent>;

export const machines = {
  /**
   * Connects and collects facts. With `deviceId` the device's own SSH settings are used and the
   * facts are recorded; `at` is the host to use where none is declared, and becomes its SSH host.
   * With `target` they are held for `add`. Ends after ready, recorded or failed; leaving the stream
   * cancels the connection. Where another machine answers for a device, the facts are held as for a
   * target: ready with a mismatch, then failed with OTHER_MACHINE.
   */
  connect: procedure
    .input(
      z
        .object({ attemptId: id })
        .and(
          z.union([
            z.object({ target: sshTarget }),
            z.object({ deviceId: id, at: sshTarget.shape.host.optional() }),
          ]),
        ),
    )
    .output(eventIterator(attemptEvent)),
  /**
   * What taking the held facts as declared would write on a device: rows that can be accepted, with
   * what is declared of each; the first ones, and how many there are.
   */
  preview: procedure
    .input(z.object({ attemptId: id, deviceId: id }))
    .output(z.object({ rows: z.array(comparisonRow), total: z.number().int() })),
  /**
   * Reads many devices again, some at once, and asks nothing: what would need a person is a failure
   * of that device. Returns at once; the job tells how far it is, and can be cancelled.
   */
  refresh: procedure
    .input(
      z.union([
        z.object({ ids: z.array(id).min(1).max(20_000) }),
        z.object({ rackId: id }),
        z.object({ all: z.literal(true) }),
      ]),
    )
    .output(
      z.object({
        /** Null: none of them has an SSH host, so that nothing runs. */
        jobId: id.nullable(),
        devices: z.number().int(),
        withoutSsh: z.number().int(),
      }),
    ),
  /** Refreshing all devices by the clock; see electron/host/readings/schedule.ts. */
  schedule: procedure.output(readingSchedule),
  setSchedule: procedure
    .input(readingSchedule.pick({ everyMinutes: true }))
    .output(readingSchedule),
  answer: procedure
    .input(z.object({ attemptId: id, questionId: id, answer: sshAnswer }))
    .output(z.object({ taken: z.boolean() })),
  /** Puts the machine into the inventory: a new device, or facts onto one that exists. */
  add: procedure
    .input(
      z.object({
        attemptId: id,
        /** Existing device to record the facts on; null makes a new one. */
        deviceId: id.nullable(),
        name: givenName,
        kind: deviceKind,
        rackId: id.nullable(),
        /** Also take the observed values as declared (a new device starts empty otherwise). */
        acceptFacts: z.boolean(),
        /**
         * For an existing device: replace its declared SSH settings by how it was reached now. Else
         * only what is not declared is filled in, and that only for the same SSH host.
         */
        replaceSsh: z.boolean().default(false),
      }),
    )
    .output(z.object({ deviceId: id, changeSetId: id })),
};
