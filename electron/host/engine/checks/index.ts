export { type Checks, createChecks } from './checks.ts';
export { type Check, judge, type Verdict } from './judge.ts';
