import { createHash } from 'node:crypto';
import { type KindName, kindOf } from '../../../shared/model/kinds/index.ts';
import type { Finding, FindingSubject } from '../../../shared/model/lint.ts';
import { severities } from '../../../shared/model/lint.ts';
import { type LintInventory, type LintKind, lintFields } from './lint-inventory.ts';
import type { Found, Rule } from './rule.ts';
import { rules } from './rules/index.ts';

/** Subjects of one finding that are told of; the others are counted. */
const mostSubjects = 8;

/** Why somebody lives with a finding, by its key. */
export type Suppressions = ReadonlyMap<string, { readonly id: string; readonly reason: string }>;

export interface KnownFinding {
  readonly finding: Finding;
  /** What it is about and what that belongs to: on their pages it stands. */
  readonly about: ReadonlySet<string>;
}

/** Every finding, the worst first; those of one rule together, in the order in which it found them. */
export function findAll(inventory: LintInventory, suppressions: Suppressions): KnownFinding[] {
  const found = rules.flatMap((rule) =>
    [...rule.find(inventory)].map((one) => known(inventory, { rule, one, suppressions })),
  );
  const rank = ({ finding }: KnownFinding) => severities.indexOf(finding.severity);
  return found.sort((a, b) => rank(a) - rank(b));
}

interface One {
  readonly rule: Rule;
  readonly one: Found;
  readonly suppressions: Suppressions;
}

function known(inventory: LintInventory, { rule, one, suppressions }: One): KnownFinding {
  const { severity, message, hint, subjects } = one;
  const key = keyOf(rule.name, subjects);
  const suppression = suppressions.get(key);
  const finding: Finding = {
    key,
    rule: rule.name,
    severity,
    message,
    hint,
    subjects: subjects.slice(0, mostSubjects),
    more: Math.max(0, subjects.length - mostSubjects),
    silenced:
      suppression === undefined
        ? null
        : { reason: suppression.reason, suppressionId: suppression.id },
  };
  const about = new Set(subjects.flatMap((subject) => ownersOf(inventory, subject)));
  return { finding, about };
}

/** The same for the same things, in whatever order they were found. */
function keyOf(rule: string, subjects: readonly FindingSubject[]): string {
  const ids = subjects.map(({ id }) => id).sort();
  const digest = createHash('sha256').update(ids.join(' ')).digest('hex');
  return `${rule}:${digest.slice(0, 16)}`;
}

/** The thing, what it belongs to, and so on outwards: an address, its interface, its device. */
function ownersOf(inventory: LintInventory, { kind, id }: FindingSubject): string[] {
  const ids: string[] = [];
  let at: { kind: KindName; id: string } | undefined = { kind, id };
  while (at !== undefined && !ids.includes(at.id)) {
    ids.push(at.id);
    at = ownerOf(inventory, at);
  }
  return ids;
}

function ownerOf(inventory: LintInventory, { kind, id }: { kind: KindName; id: string }) {
  const { owner, fields } = kindOf(kind);
  const field = owner === undefined ? undefined : fields[owner];
  if (owner === undefined || field?.type !== 'reference' || !(kind in lintFields)) return undefined;
  const value = inventory.row(kind as LintKind, id)?.values[owner];
  return typeof value === 'string' ? { kind: field.to as KindName, id: value } : undefined; // fields refer to kinds
}
