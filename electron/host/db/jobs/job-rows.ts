import type { JobState, JobStateName } from '../../../../shared/jobs/job-state.ts';
import type { PlannedPhase, Probed, Standing } from '../../../../shared/jobs/plan.ts';
import type { StepState } from '../../../../shared/jobs/step-state.ts';

export interface StoredLane {
  readonly lane: string;
  readonly title: string;
  readonly deviceId: string | null;
  readonly after: readonly string[];
}

/** A job as it was approved. */
export interface NewJob {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly who: string;
  readonly by: 'window' | 'cli' | 'schedule';
  readonly attended: boolean;
  readonly input: unknown;
  readonly planVersion: number;
  readonly lanes: readonly StoredLane[];
  readonly createdAt: number;
  readonly steps: readonly {
    readonly id: string;
    readonly lane: string;
    readonly plan: PlannedPhase;
  }[];
}

/** What changes of a job while it runs. */
export interface JobChange {
  readonly state: JobState;
  readonly stepsDone: number;
  readonly undoable: boolean;
  readonly report: string | null;
}

/** What changes of a step; members that are left out stay as they are. */
export interface StepChange {
  readonly number: number;
  readonly state: StepState;
  readonly saved?: unknown;
  readonly began?: Standing;
  readonly probed?: Probed;
}

export interface StoredLine {
  /** 0: of no step. */
  readonly step: number;
  /** Counts from 1 within the step. */
  readonly n: number;
  /** Counts from 1 within the job. */
  readonly seq: number;
  readonly at: number;
  readonly stream: 'app' | 'out' | 'err';
  readonly text: string;
}

/** A job as it stands in the database, without its steps. */
export interface StoredJob {
  readonly seq: number;
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly who: string;
  readonly by: 'window' | 'cli' | 'schedule';
  readonly attended: boolean;
  readonly planVersion: number;
  readonly lanes: readonly StoredLane[];
  readonly devices: readonly { readonly id: string | null; readonly name: string }[];
  readonly deviceCount: number;
  readonly createdAt: number;
  readonly state: JobState;
  readonly steps: { readonly done: number; readonly total: number };
  readonly undoable: boolean;
  readonly report: string | null;
  readonly lines: number;
  readonly lastLine: string | null;
  readonly owner: string | null;
  readonly rev: number;
}

export interface StoredStep {
  readonly number: number;
  readonly id: string;
  readonly lane: string;
  readonly position: number;
  readonly plan: PlannedPhase;
  readonly state: StepState;
  /** Undefined: nothing was saved. */
  readonly saved: unknown;
  readonly began: Standing | null;
  readonly lines: number;
}

export interface JobQuery {
  readonly states: readonly JobStateName[];
  readonly kinds: readonly string[];
  readonly deviceId: string | null;
  readonly search: string;
  readonly offset: number;
  readonly limit: number;
}

export const streams = ['app', 'out', 'err'] as const;
