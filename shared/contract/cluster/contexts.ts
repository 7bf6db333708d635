import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import {
  contextTest,
  foundSources,
  kubeconfigPreview,
  savedContext,
  signInCommand,
} from '../../cluster/contexts.ts';
import { jobAnswer, jobQuestion } from '../../jobs/question.ts';
import { id } from '../../model/inventory.ts';
import { procedure } from '../base.ts';

/** Of a kubeconfig that somebody pastes. */
const mostText = 8 * 1024 * 1024;
const key = z.string().min(1).max(1_100);
const hash = z.string().length(64);

/** What a person sees while a kubeconfig is fetched from a machine. */
export const nodeEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('step'), text: z.string(), at: z.number().int() }),
  z.object({ type: z.literal('question'), questionId: id, question: jobQuestion }),
  z.object({ type: z.literal('ready'), path: z.string(), preview: kubeconfigPreview }),
  z.object({ type: z.literal('failed'), code: z.string(), message: z.string(), hint: z.string() }),
]);
export type NodeEvent = z.infer<typeof nodeEvent>;

const cluster = z.union([
  z.object({ id }),
  z.object({
    name: z.string().trim().min(1).max(200),
    kind: z.enum(['k3s', 'kubernetes']).default('k3s'),
  }),
]);

/** How clusters of the inventory are reached. Nothing of what signs in ever comes back. */
export const contexts = {
  /** Where kubeconfigs may be: files of this computer, and servers of clusters. */
  sources: procedure.output(foundSources),
  /** What a kubeconfig holds. It is held by its id for half an hour, to be taken. */
  preview: procedure
    .input(
      z.object({
        source: z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('default') }),
          z.object({ kind: z.literal('file'), path: z.string().min(1).max(4_096) }),
          z.object({ kind: z.literal('text'), text: z.string().min(1).max(mostText) }),
        ]),
      }),
    )
    .output(kubeconfigPreview),
  /** The same of a machine's own, over SSH and as root. Ends after ready or failed. */
  fromNode: procedure
    .input(z.object({ attemptId: id, deviceId: id }))
    .output(eventIterator(nodeEvent)),
  answer: procedure
    .input(z.object({ attemptId: id, questionId: id, answer: jobAnswer }))
    .output(z.object({ taken: z.boolean() })),
  /** Saves contexts of a preview, all of one cluster. What was pasted or fetched becomes a secret. */
  take: procedure
    .input(z.object({ previewId: id, keys: z.array(key).min(1).max(50), cluster }))
    .output(
      z.object({
        contextIds: z.array(id),
        clusterId: id,
        /** Of the cluster, where it is a new one. */
        changeSetId: id.nullable(),
      }),
    ),
  list: procedure.output(z.object({ contexts: z.array(savedContext) })),
  /** Only here: what it is called in its kubeconfig stays. Its secret is bound to the name, and moves. */
  rename: procedure
    .input(z.object({ id, name: z.string().trim().min(1).max(200) }))
    .output(z.object({})),
  /** Its secret with it; a file stays as it is. */
  forget: procedure.input(z.object({ id })).output(z.object({})),
  /** Tries everything that using it takes, and keeps what was found. */
  test: procedure.input(z.object({ id })).output(contextTest),
  /** Allows the command that a context runs to sign in, exactly as it was shown. */
  allow: procedure
    .input(
      z.object({
        of: z.union([z.object({ previewId: id, key }), z.object({ contextId: id })]),
        hash,
      }),
    )
    .output(signInCommand),
  disallow: procedure.input(z.object({ hash })).output(z.object({})),
  commands: procedure.output(
    z.object({
      commands: z.array(
        z.object({ hash, command: z.string(), program: z.string(), allowedAt: z.number() }),
      ),
    }),
  ),
};
