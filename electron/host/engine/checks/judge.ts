import type {
  CheckFix,
  CheckResult,
  CheckStatus,
  CheckSubject,
  Evidence,
} from '../../../../shared/checks/check.ts';
import { harmless } from '../../connections/ssh/index.ts';

/** What a rule says of what was read. */
export interface Verdict {
  readonly status: CheckStatus;
  /** One sentence; what machines say in it is made harmless here. */
  readonly found: string;
  readonly evidence?: readonly Evidence[];
  readonly fix?: CheckFix | undefined;
  /** Tells apart several verdicts of one check. Default: ''. */
  readonly part?: string;
}

/** One check: what it is called, and a pure rule over what was read. */
export interface Check<Read, Context> {
  /** Never changed once it shipped. */
  readonly id: string;
  readonly group: string;
  readonly title: string;
  /** Why it matters; one or two sentences. */
  readonly why: string;
  rule(read: Read, context: Context): Verdict | readonly Verdict[];
}

export interface Judging<Read, Context> {
  readonly read: Read;
  readonly context: Context;
  readonly subject: CheckSubject;
  /** UTC milliseconds. */
  readonly at: number;
  /** Told of a rule that broke: that is our fault, and says nothing of the machine. */
  readonly report?: (error: unknown) => void;
}

/** A thing with more parts than this is no honest one. */
const mostParts = 100;
const mostEvidencePieces = 20;

/**
 * Results of all checks over what was read, in their order. A rule that breaks costs its own result,
 * which is unknown then, never a pass.
 */
export function judge<Read, Context>(
  checks: readonly Check<Read, Context>[],
  { read, context, subject, at, report = () => {} }: Judging<Read, Context>,
): CheckResult[] {
  return checks.flatMap((check) => {
    const { id, group, title, why } = check;
    const about = { check: id, subject, group, title, why, at };
    return verdictsOf(check, { read, context, report }).map((verdict) => ({
      ...about,
      part: line(verdict.part ?? '', 200),
      status: verdict.status,
      found: line(verdict.found, 1_000),
      evidence: [...(verdict.evidence ?? [])].slice(0, mostEvidencePieces),
      fix: verdict.fix ?? null,
    }));
  });
}

function verdictsOf<Read, Context>(
  check: Check<Read, Context>,
  { read, context, report }: Required<Pick<Judging<Read, Context>, 'read' | 'context' | 'report'>>,
): readonly Verdict[] {
  try {
    const verdicts = [check.rule(read, context)].flat();
    const parts = new Map(verdicts.map((verdict) => [verdict.part ?? '', verdict]));
    return [...parts.values()].slice(0, mostParts);
  } catch (error) {
    report(error);
    return [{ status: 'unknown', found: 'What was read could not be understood.' }];
  }
}

function line(text: string, most: number): string {
  return harmless(text.slice(0, most * 2))
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, most);
}
