import type { Database } from '../../../electron/host/db/index.ts';
import type { JobKind, WantedLane } from '../../../electron/host/engine/jobs/index.ts';

/** What a scenario may work with; all of it lies in one directory that is copied as a whole. */
export interface Place {
  readonly database: Database;
  /** Of the machines, one directory each. */
  readonly machines: string;
}

/** A job as the kill test runs it, in one process or another. */
export interface Scenario {
  readonly name: string;
  /** Puts the machines as they are before the job. */
  prepare(place: Place): Promise<void>;
  kind(place: Place): JobKind;
  readonly lanes: readonly WantedLane[];
  /** What stands on the machines and in the inventory now: all that a job might leave. */
  truth(place: Place): Promise<Readonly<Record<string, string>>>;
}
