export { createJobs } from './create-jobs.ts';
export type { JobKind, LookedAt, OpenContext } from './job-kind.ts';
export type { JobNews, Jobs, NewJobRequest } from './jobs.ts';
export type { AnyPhase, LookContext, Phase, PhaseContext } from './phase.ts';
export type { WantedLane } from './prepare.ts';
export { keepJobs } from './upkeep.ts';
