import type { CheckResult, CheckSubject } from '../../../../shared/checks/check.ts';
import { judge } from '../../engine/checks/index.ts';
import { machineChecks } from './all.ts';
import type { CheckContext } from './context.ts';
import { keysOf, type MachineKeys } from './keys.ts';
import type { RawPreflight } from './raw.ts';
import { readPreflight } from './read.ts';

/** Plain data: a thread may do it. */
export interface JudgeInput {
  readonly raw: RawPreflight;
  readonly context: CheckContext;
  readonly subject: CheckSubject;
  readonly at: number;
}

export interface Judged {
  readonly results: CheckResult[];
  /** For the comparison with the inventory, which a thread does not have. */
  readonly keys: MachineKeys;
  /** Rules that broke, for the log. */
  readonly problems: readonly string[];
}

export function judgeMachine({ raw, context, subject, at }: JudgeInput): Judged {
  const read = readPreflight(raw);
  const problems: string[] = [];
  const results = judge(machineChecks, {
    read,
    context,
    subject,
    at,
    report: (error) =>
      problems.push(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  });
  return { results, keys: keysOf(read), problems };
}
