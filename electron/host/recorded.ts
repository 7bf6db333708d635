import type { Probed } from '../../shared/jobs/plan.ts';
import { type Database, WriterAway } from './db/index.ts';

/** A change set of a job, under a name that the job has beforehand. */
export interface Recorded {
  readonly token: string;
  readonly deviceId: string;
}

/** Change sets of a device that are looked through for the one of a recording. */
const mostLooked = 200;

/** One change set; which one it was is kept in the same transaction, so that a crash leaves both or none. */
export function writeRecorded(
  db: Database,
  { token, title }: Recorded & { readonly title: string },
  work: () => void,
): void {
  db.change({ title, source: 'app' }, () => {
    work();
    const [newest] = db.history.list({ before: null, limit: 1 });
    if (newest === undefined) throw new Error('A change set that is open was not found');
    db.onboardingDrafts.noteRecording(token, newest.id);
  });
}

/** `present`: it was written, and neither undone nor reverted since, by whomever. */
export function standingOf(db: Database, recorded: Recorded, present: string): Probed {
  const is = (standing: Probed['standing'], found: string): Probed => ({
    standing,
    found,
    evidence: [],
  });
  const changeSetId = db.onboardingDrafts.recording(recorded.token);
  if (changeSetId === undefined) return is('absent', 'It was not written yet.');
  return holds(db, recorded, changeSetId)
    ? is('present', present)
    : is('absent', 'What was written was taken back.');
}

/** Takes back one change set, wherever that is done. Throws UNDO_CONFLICT. */
export type Revert = (changeSetId: string) => Promise<{ readonly title: string }>;

/** The title of what was taken back; null: nothing of it stood. Throws UNDO_CONFLICT. */
export async function takeBack(
  db: Database,
  recorded: Recorded,
  revert: Revert,
): Promise<string | null> {
  const changeSetId = db.onboardingDrafts.recording(recorded.token);
  if (changeSetId === undefined || !holds(db, recorded, changeSetId)) return null;
  const { title } = await revert(changeSetId);
  return title;
}

function holds(db: Database, { deviceId }: Recorded, changeSetId: string): boolean {
  const filter = { thing: deviceId, who: null, source: null, text: '' } as const;
  const { entries } = db.history.page({ ...filter, before: null, limit: mostLooked });
  const entry = entries.find(({ id }) => id === changeSetId);
  if (entry !== undefined) return entry.state === 'done' && !entry.reverted;
  return db.history.changes({ id: changeSetId, limit: 1 }).changeSet.state === 'done';
}

/** Another thread may be writing just now; then it has its turn afterwards. */
export async function whenFree<T>(work: () => T): Promise<T> {
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof WriterAway)) throw error;
      await error.until;
    }
  }
}
