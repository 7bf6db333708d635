import type { CheckFix, Evidence } from '../../../../shared/checks/check.ts';
import type { FactsSectionName } from '../../../../shared/model/facts.ts';
import type { Verdict } from '../../engine/checks/index.ts';
import type { Part } from '../../facts/index.ts';
import type { Preflight } from './read.ts';

type Pieces = readonly Evidence[];

export const pass = (found: string, evidence: Pieces = []): Verdict => ({
  status: 'pass',
  found,
  evidence,
});

export const unknown = (found: string, evidence: Pieces = [], fix?: CheckFix): Verdict => ({
  status: 'unknown',
  found,
  evidence,
  fix,
});

export const notApplicable = (found: string, evidence: Pieces = []): Verdict => ({
  status: 'not-applicable',
  found,
  evidence,
});

export const fail = (found: string, evidence: Pieces, fix: CheckFix): Verdict => ({
  status: 'fail',
  found,
  evidence,
  fix,
});

export const warn = (found: string, evidence: Pieces, fix?: CheckFix): Verdict => ({
  status: 'warn',
  found,
  evidence,
  fix,
});

/** Mended by a phase of a job. */
export function byPhase(
  phase: string,
  title: string,
  params: Readonly<Record<string, unknown>> = {},
): CheckFix {
  return { kind: 'phase', phase, title, params };
}

/** For a person. */
export function bySteps(...steps: readonly [string, ...string[]]): CheckFix {
  return { kind: 'steps', steps: [...steps] };
}

/** Why nothing is known: what the facts say of it. */
export function untold(
  machine: Preflight,
  section: FactsSectionName,
  evidence: Pieces = [],
): Verdict {
  const { status, ...rest } = machine.facts[section];
  const reason = 'reason' in rest ? rest.reason : '';
  return unknown(status === 'ok' ? 'The machine told nothing of it.' : reason, evidence);
}

/** For what only root may see. */
export function onlyRoot(machine: Preflight, what: string): Verdict {
  const { rootProblem } = machine;
  return unknown(
    rootProblem === null
      ? `${what} was not told.`
      : `${what} can only be seen by root: ${rootProblem}`,
  );
}

/** How a tool ended that gave no answer, in words for a person. */
export function endOf(tool: string, part: Part): string {
  switch (part.end) {
    case 'late':
      return `${tool} gave no answer in time.`;
    case 'too-large':
      return `${tool} printed far too much.`;
    case 'skipped':
      return `${tool} was left out: others had used up the time.`;
    case 'no-sleep':
      return `${tool} was left out: without sleep its time has no bound.`;
    case 'cut':
      return `${tool} was cut off in the middle.`;
    default:
      return `${tool} ended with code ${part.end}: ${firstLine(part.text)}`;
  }
}

export function firstLine(text: string): string {
  const line = text.split('\n').find((each) => each.trim() !== '');
  return line?.trim().slice(0, 200) ?? 'it said nothing';
}

/** `was`: the id that it may not keep. */
export const newMachineId = (was: string): CheckFix =>
  byPhase('machine-id', 'Make a new machine id', { was });
