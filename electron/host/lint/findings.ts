import { createHash } from 'node:crypto';
import { type KindName, kindOf } from '../../../shared/model/kinds/index.ts';
import type { Finding, FindingSubject } from '../../../shared/model/lint.ts';
import { severities } from '../../../shared/model/lint.ts';
import { type LintInventory, type LintKind, lintFields } from './lint-inventory.ts';
import type { Found } from './rule.ts';
import { rules } from './rules/index.ts';

/** Subjects of one finding that are told of; the others are counted. */
const mostSubjects = 8;

/** Why somebody lives with a finding, by its key. */
export type Suppressions = ReadonlyMap<string, { readonly id: string; readonly reason: string }>;

/** What was found; what is costly to say of it is worked out when it is asked for. */
export class KnownFinding {
  readonly rule: string;
  readonly found: Found;
  #key: string | undefined;
  #about: ReadonlySet<string> | undefined;

  constructor(rule: string, found: Found) {
    this.rule = rule;
    this.found = found;
  }

  get key(): string {
    this.#key ??= keyOf(this.rule, this.found.subjects);
    return this.#key;
  }

  /** Whether it stands on the page of one of these: it is about it, or about what belongs to it. */
  concerns(ids: readonly string[], inventory: LintInventory): boolean {
    this.#about ??= new Set(this.found.subjects.flatMap((one) => ownersOf(inventory, one)));
    const about = this.#about;
    return ids.some((id) => about.has(id));
  }

  told(suppressions: Suppressions): Finding {
    const { severity, message, hint, subjects } = this.found;
    const suppression = suppressions.get(this.key);
    return {
      key: this.key,
      rule: this.rule,
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
  }

  isSilenced(suppressions: Suppressions): boolean {
    return suppressions.size > 0 && suppressions.has(this.key);
  }
}

/** Every finding, the worst first; those of one rule together, in the order in which it found them. */
export function findAll(inventory: LintInventory): KnownFinding[] {
  const found = rules.flatMap((rule) =>
    [...rule.find(inventory)].map((one) => new KnownFinding(rule.name, one)),
  );
  const rank = ({ found: { severity } }: KnownFinding) => severities.indexOf(severity);
  return found.sort((a, b) => rank(a) - rank(b));
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
