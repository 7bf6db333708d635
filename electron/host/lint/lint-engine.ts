import type { Finding, Severity } from '../../../shared/model/lint.ts';
import { type Database, newId } from '../db/index.ts';
import { findAll, type KnownFinding } from './findings.ts';
import { type Draft, groupBy, LintInventory, type LintKind, lintFields } from './lint-inventory.ts';
import { rules } from './rules/index.ts';

export interface FindingQuery {
  /** Words that all stand in the message or in the name of what it is about. */
  readonly search: string;
  /** Empty: all of them. */
  readonly severities: readonly Severity[];
  readonly rules: readonly string[];
  readonly silenced: boolean;
  readonly offset: number;
  readonly limit: number;
}

export interface FindingCounts {
  readonly error: number;
  readonly warning: number;
  readonly note: number;
  readonly silenced: number;
}

export interface FindingPage {
  readonly rows: Finding[];
  readonly total: number;
  readonly counts: FindingCounts;
  /** The rules that found something that is not silenced, with their headings. */
  readonly rules: {
    readonly name: string;
    readonly title: string;
    readonly severity: Severity;
    readonly count: number;
  }[];
}

/** What is being typed: of a row that is there, or of one that would be new. */
export interface DraftInput {
  readonly kind: string;
  readonly id: string | null;
  readonly values: Draft['values'];
}

/** Looks through the inventory as it was when the engine was made. */
export interface LintEngine {
  list(query: FindingQuery): FindingPage;
  /** What concerns these things, or what belongs to them; at most 200, the worst first. */
  of(ids: readonly string[]): Finding[];
  /** What would concern this row if it were saved as it is being typed; nothing is written. */
  preview(draft: DraftInput): Finding[];
}

const mostOfOne = 200;

/** Reads all that it needs at once, which may take a second: for a thread of its own. */
export function createLintEngine({ tables }: Pick<Database, 'tables'>): LintEngine {
  const rows = tables.leanRows.read(lintFields);
  const inventory = new LintInventory((kind) => rows.get(kind) ?? []);
  const suppressions = tables.suppressions.byKey();
  const all = findAll(inventory);
  const told = (finding: KnownFinding) => finding.told(suppressions);
  return {
    list(query) {
      const words = query.search.toLowerCase().split(/\s+/);
      const matching = all.filter(
        (finding) =>
          query.silenced === finding.isSilenced(suppressions) && matches(finding, query, words),
      );
      const open = all.filter((finding) => !finding.isSilenced(suppressions));
      return {
        rows: matching.slice(query.offset, query.offset + query.limit).map(told),
        total: matching.length,
        counts: { ...countsOf(open), silenced: all.length - open.length },
        rules: rulesOf(open),
      };
    },
    of: (ids) =>
      all
        .filter((finding) => finding.concerns(ids, inventory))
        .slice(0, mostOfOne)
        .map(told),
    preview({ kind, id, values }) {
      if (!(kind in lintFields)) return [];
      const draft: Draft = { kind: kind as LintKind, id: id ?? newId(), values }; // looked up above
      return findAll(inventory.with(draft))
        .filter(({ found }) => found.subjects.some((subject) => subject.id === draft.id))
        .slice(0, mostOfOne)
        .map(told);
    },
  };
}

function matches(
  { rule, found }: KnownFinding,
  query: FindingQuery,
  words: readonly string[],
): boolean {
  if (query.severities.length > 0 && !query.severities.includes(found.severity)) return false;
  if (query.rules.length > 0 && !query.rules.includes(rule)) return false;
  if (query.search === '') return true;
  const names = found.subjects.map(({ name }) => name);
  const text = [found.message, ...names].join(' ').toLowerCase();
  return words.every((word) => text.includes(word));
}

function countsOf(open: readonly KnownFinding[]): Omit<FindingCounts, 'silenced'> {
  const counts = { error: 0, warning: 0, note: 0 };
  for (const { found } of open) counts[found.severity] += 1;
  return counts;
}

function rulesOf(open: readonly KnownFinding[]): FindingPage['rules'] {
  const byRule = groupBy(open, ({ rule }) => rule);
  return rules.flatMap(({ name, title }) => {
    const own = byRule.get(name) ?? [];
    const [first] = own;
    if (first === undefined) return [];
    return [{ name, title, severity: first.found.severity, count: own.length }];
  });
}
