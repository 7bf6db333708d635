export { Looks } from './asking.ts';
export { type CheckDraftInput, checkDraft, runChecks } from './check-machines.ts';
export { keptChecks } from './kept-checks.ts';
export { type KeptPlan, planDraft } from './plan-draft.ts';
export { type ViewJoinInput, viewJoin } from './view-join.ts';
