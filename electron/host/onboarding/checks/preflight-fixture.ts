import type { CheckResult } from '../../../../shared/checks/check.ts';
import { type CheckContext, defaultCidrs } from './context.ts';
import { judgeMachine } from './judge-machine.ts';
import type { RawPreflight } from './raw.ts';

/** What a machine of a test tells. */
export interface Told {
  readonly files?: Readonly<Record<string, string>>;
  /** Paths that are there. */
  readonly there?: readonly string[];
  readonly tools?: readonly string[];
  readonly uid?: number;
  /** Output of tools by label; with how it ended where that is not 0. */
  readonly parts?: Readonly<Record<string, string | readonly [string, number | string]>>;
  readonly rootProblem?: string | null;
}

const nonce = 'ab12';

/** Frames as preflight.sh prints them. */
export function rawOf(told: Told): RawPreflight {
  const { files = {}, there = [], tools = [], uid = 0, parts = {} } = told;
  const lines = Object.entries(files).flatMap(([path, text]) =>
    text.split('\n').map((line) => `${path}:${line}`),
  );
  const presence = there.map((path) => `+${path}`).join('\n');
  const told0 = [presence, tools.map((tool) => `@${tool}`).join('\n'), `=${uid}`];
  const all: [string, string, number | string][] = [
    ['files', lines.join('\n'), 0],
    ['presence', presence, 0],
    ['there', told0.filter(Boolean).join('\n'), 0],
    ...Object.entries(parts).map(([label, part]): [string, string, number | string] =>
      typeof part === 'string' ? [label, part, 0] : [label, part[0], part[1]],
    ),
  ];
  const text = all
    .filter(([label], index) => index >= 3 || !(label in parts))
    .map(([label, said, end]) => {
      return `\n@@${nonce} part ${label}\n${said}\n\n@@${nonce} exit ${end}\n`;
    });
  const stdout = Buffer.from(`\n@@${nonce} begin 1\n${text.join('')}\n@@${nonce} end\n`);
  const run = { stdout, nonce, as: 'ada', sentAt: 1_750_000_000_000, endedAt: 1_750_000_000_400 };
  return { where: 'pi-1', runs: [run], rootProblem: told.rootProblem ?? null };
}

export const usual: CheckContext = {
  role: 'worker',
  plan: { name: null, addresses: [], cidrs: defaultCidrs },
  network: 'none',
};

/** Every result of a machine that tells this. Throws where a rule broke. */
export function checked(told: Told, context: Partial<CheckContext> = {}): CheckResult[] {
  return checkedRaw(rawOf(told), context);
}

export function checkedRaw(raw: RawPreflight, context: Partial<CheckContext> = {}): CheckResult[] {
  const { results, problems } = judgeMachine({
    raw,
    context: { ...usual, ...context },
    subject: { id: null, name: 'pi-1' },
    at: 1_750_000_000_500,
  });
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return results;
}

/** The one result of a check, and of a part where there are several. */
export function one(results: readonly CheckResult[], check: string, part?: string): CheckResult {
  const found = results.find(
    (each) => each.check === `onboarding.${check}` && (part === undefined || each.part === part),
  );
  if (!found) throw new Error(`No result of ${check} ${part ?? ''}.`);
  return found;
}
