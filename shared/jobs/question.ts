import { z } from 'zod';
import { sshAnswer, sshQuestion } from '../model/ssh.ts';

/** What a job may ask while it runs. */
export const jobQuestion = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ssh'), question: sshQuestion }),
  z.object({
    kind: z.literal('sudo-password'),
    user: z.string().max(255),
    host: z.string().max(255),
    /** 1 for the first; a wrong password ends the step, it is not tried again by itself. */
    attempt: z.number().int(),
  }),
  /** Something that only a person can decide; an answer is one of the choices' ids. */
  z.object({
    kind: z.literal('choice'),
    text: z.string().max(1_000),
    choices: z
      .array(
        z.object({
          id: z.string().max(60),
          label: z.string().max(200),
          says: z.string().max(500).optional(),
        }),
      )
      .min(1)
      .max(10),
  }),
]);
export type JobQuestion = z.infer<typeof jobQuestion>;

export const jobAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ssh'), answer: sshAnswer }),
  z.object({
    kind: z.literal('secret'),
    secret: z.string().max(4_096),
    remember: z.boolean().default(false),
  }),
  z.object({ kind: z.literal('choice'), id: z.string().max(60) }),
  z.object({ kind: z.literal('cancel') }),
]);
export type JobAnswer = z.infer<typeof jobAnswer>;

/** A question that stands, of one step of one job. */
export const standingQuestion = z.object({
  id: z.uuid(),
  stepId: z.uuid().nullable(),
  lane: z.string().max(100),
  at: z.number().int(),
  question: jobQuestion,
});
export type StandingQuestion = z.infer<typeof standingQuestion>;
