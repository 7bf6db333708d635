import type { Probed } from '../../../../shared/jobs/plan.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { Lane } from './lane.ts';
import type { LiveStep } from './live-job.ts';

/**
 * One phase on one machine: probe, save, journal, apply, probe. Each attempt begins with the probe, so
 * that nothing is done twice: whatever was broken off before, by a crash or by a lost connection, is
 * looked at first. Throws what went wrong; the step then stands as it was left.
 */
export async function runStep(lane: Lane, step: LiveStep): Promise<void> {
  const { job } = lane;
  job.moveStep(step, { type: 'probe' });
  const { phase, params } = lane.ready(step);
  await lane.inContact(step, async () => {
    if (step.state.state !== 'probing') job.moveStep(step, { type: 'probe' });
    const context = lane.context(step);
    const before = await look(lane, step);
    if (before.standing === 'present') {
      job.moveStep(step, { type: 'present', found: before.found, stands: step.stands });
      await job.writeLater();
      return;
    }
    if (before.standing === 'unknown') throw uncertain(step, before);
    // Where it was begun and stands in parts, what is there now is not what was there before.
    if (before.standing === 'absent' || !step.stands || step.saved === undefined) {
      step.saved = phase.saved.parse(await phase.save(context, params));
      step.began = before.standing;
    }
    const saved = phase.saved.parse(step.saved);
    lane.signal.throwIfAborted();
    await begin(lane, step);
    await lane.checkLock();
    await phase.apply(context, params, saved);
    const after = await look(lane, step);
    if (after.standing !== 'present') throw notDone(step, after);
    job.moveStep(step, { type: 'done', found: after.found });
    // Should a power cut take this entry, the probe finds what was done; the next step's syncs it.
    await job.writeLater();
  });
}

/** On disk before anything is changed, with what undo needs; else nothing is begun. */
async function begin({ job }: Lane, step: LiveStep): Promise<void> {
  const stood = step.stands;
  job.moveStep(step, { type: 'begin' });
  try {
    await job.write({ durable: true, step });
  } catch (error) {
    step.stands = stood;
    throw error;
  }
}

/** Probes, and keeps what it rests on. */
export async function look(lane: Lane, step: LiveStep): Promise<Probed> {
  const { phase, params } = lane.ready(step);
  const probed = await phase.probe(lane.context(step), params);
  step.probed = probed;
  lane.job.sayOf(step, probed.found);
  return probed;
}

function uncertain(step: LiveStep, { found }: Probed): RackhelmError {
  const was = step.stands ? 'It was begun before, and how it stands now' : 'How it stands';
  return new RackhelmError(
    'STEP_UNCERTAIN',
    `${was} could not be found out: ${found} Nothing was done.`,
  );
}

function notDone(step: LiveStep, { standing, found }: Probed): RackhelmError {
  const how = standing === 'unknown' ? 'could not be confirmed' : 'has not come about';
  return new RackhelmError('STEP_NOT_DONE', `"${step.plan.title}" was done and ${how}: ${found}`);
}
