import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { objectName } from '../../cluster/object-page.ts';
import { logChoice, podLogEvent, podLogLine } from '../../cluster/pods/pod-log.ts';
import { podTarget } from '../../cluster/pods/pod-target.ts';
import { id } from '../../model/inventory.ts';
import { procedure } from '../base.ts';

/** A pod, a workload or a service of a cluster. */
const of = z.object({ contextId: id }).extend(objectName.shape);
const search = z.string().max(200).default('');

const logs = {
  /**
   * The logs of its containers as one, followed until the caller leaves. `id` is the caller's own: with it
   * the same log is followed again, with another search or after a pause, as it is held here meanwhile.
   */
  follow: procedure
    .input(of.extend(logChoice.shape).extend({ id, search }))
    .output(eventIterator(podLogEvent)),
  /** Of what is held: the newest lines that fit, or those before one. */
  read: procedure
    .input(
      z.object({
        id,
        before: z.number().int().positive().nullable().default(null),
        search,
        limit: z.number().int().min(1).max(2_000).default(1_000),
      }),
    )
    .output(z.object({ lines: z.array(podLogLine), more: z.boolean() })),
};

/** Reaching into pods. */
export const pods = {
  /** The pods that it stands for, with their containers and ports. */
  target: procedure.input(of).output(podTarget),
  logs,
};
