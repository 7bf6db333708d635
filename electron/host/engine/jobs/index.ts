export type { JobKind, OpenContext } from './job-kind.ts';
export type { AnyPhase, LookContext, Phase, PhaseContext } from './phase.ts';
