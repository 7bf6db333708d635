import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { logChoice, podLogEvent, podLogLine } from '../../cluster/pods/pod-log.ts';
import { actionResult, containerAction } from '../../containers/action.ts';
import { containerPage } from '../../containers/container-page.ts';
import { statsEvent } from '../../containers/stats.ts';
import { id } from '../../model/inventory.ts';
import { procedure } from '../base.ts';

const engine = z.object({ engineId: id });
/** An id, the beginning of one, or a name. */
const named = z.string().min(1).max(300);
const which = engine.extend({ container: named });

/** One container, or several at once. */
export const container = {
  page: procedure.input(which).output(containerPage),
  /** The page again each time that something on it changed. */
  follow: procedure.input(which).output(eventIterator(containerPage)),
  /** One variable of its environment that looks like a secret, because a person asked for it. */
  reveal: procedure
    .input(which.extend({ name: z.string().min(1).max(500) }))
    .output(z.object({ value: z.string() })),
  /** Each for itself: what fails for one is told of it. */
  act: procedure
    .input(engine.extend({ containers: z.array(named).min(1).max(500), action: containerAction }))
    .output(z.object({ results: z.array(actionResult) })),
  /** What it takes, each second, with what is held of the last hour. */
  stats: procedure.input(which).output(eventIterator(statsEvent)),
  logs: procedure
    .input(
      engine.extend({
        /** Of whoever looks, made by them. */
        id,
        containers: z.array(named).max(40).default([]),
        project: z.string().min(1).max(300).nullable().default(null),
        search: z.string().max(200).default(''),
        tail: logChoice.shape.tail,
        sinceSeconds: logChoice.shape.sinceSeconds,
        follow: logChoice.shape.follow,
      }),
    )
    .output(eventIterator(podLogEvent)),
  readLog: procedure
    .input(
      z.object({
        id,
        /** Lines before this one; null: the last ones. */
        before: z.number().int().nullable(),
        search: z.string().max(200).default(''),
        limit: z.number().int().min(1).max(1_000),
      }),
    )
    .output(z.object({ lines: z.array(podLogLine), more: z.boolean() })),
};
