import type { Probed } from '../../../../shared/jobs/plan.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { Lane } from './lane.ts';
import type { LiveStep } from './live-job.ts';
import { look } from './run-step.ts';

/**
 * Takes one step back: probe, journal, undo, probe, which has to say that it stands as it did when it
 * was begun. Throws what went wrong; something of it may then still stand.
 */
export async function undoStep(lane: Lane, step: LiveStep): Promise<void> {
  const { job } = lane;
  job.moveStep(step, { type: 'undo' });
  await job.write({ durable: true, step });
  const { phase, params } = lane.ready(step);
  await lane.inContact(step, async () => {
    const before = await look(lane, step);
    if (before.standing === 'unknown') {
      throw notUndone(step, `how it stands could not be found out: ${before.found}`);
    }
    if (before.standing === 'absent') {
      job.moveStep(step, { type: 'undone', found: before.found });
      await job.writeLater();
      return;
    }
    const saved = phase.saved.safeParse(step.saved);
    if (!saved.success) throw notUndone(step, 'what is needed for it was not kept.');
    await lane.checkLock();
    await phase.undo(lane.context(step), params, saved.data);
    const after = await look(lane, step);
    if (!isAsBefore(step, after)) throw notUndone(step, after.found);
    job.moveStep(step, { type: 'undone', found: after.found });
    await job.writeLater();
  });
}

/** What stood in parts when it was begun, stands in parts again. */
function isAsBefore(step: LiveStep, { standing }: Probed): boolean {
  return standing === 'absent' || (standing === 'partly' && step.began === 'partly');
}

function notUndone(step: LiveStep, why: string): RackhelmError {
  return new RackhelmError(
    'STEP_NOT_UNDONE',
    `"${step.plan.title}" could not be taken back: ${why}`,
  );
}
