import { z } from 'zod';
import { flag, part, text, time, whole } from '../../../../shared/cluster/tolerant.ts';
import type { LookedAt } from '../../../../shared/containers/container-row.ts';

const inspected = z.object({
  RestartCount: whole,
  State: part({ OOMKilled: flag, Error: text, StartedAt: time, FinishedAt: time, Running: flag }),
});

/** What an answer of `/containers/ID/json` tells beyond a list. */
export function readLook(answer: unknown): LookedAt {
  const { State, RestartCount } = inspected.parse(answer ?? {});
  const since = State.Running ? State.StartedAt : State.FinishedAt;
  return {
    outOfMemory: State.OOMKilled,
    restarts: RestartCount,
    error: State.Error,
    // The engine writes the year 1 for never.
    since: since !== null && since > 0 ? since : null,
  };
}
