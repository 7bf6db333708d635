import type { FindingSubject, Severity } from '../../../shared/model/lint.ts';
import type { LintInventory } from './lint-inventory.ts';

/** What a rule found: the first subject is where it stands, the others are what it clashes with. */
export interface Found {
  readonly severity: Severity;
  readonly message: string;
  readonly hint: string;
  readonly subjects: readonly FindingSubject[];
}

/** Looks through the inventory and changes nothing. Pure: the same rows give the same findings. */
export interface Rule {
  readonly name: string;
  /** As a heading: `Addresses that two things have`. */
  readonly title: string;
  find(inventory: LintInventory): Iterable<Found>;
}
