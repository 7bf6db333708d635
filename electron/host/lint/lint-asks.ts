import type { Finding } from '../../../shared/model/lint.ts';
import type { DraftInput, FindingPage, FindingQuery } from './lint-engine.ts';

export interface LintPlace {
  readonly dataDirectory: string;
  /** Which file it must be; see OpenOptions. */
  readonly beside: string;
  /** Another one after each change of the inventory. */
  readonly stamp: string;
}

/** What the thread is asked. */
export type LintAsks = {
  list: { input: { place: LintPlace; query: FindingQuery }; output: FindingPage; part: never };
  of: { input: { place: LintPlace; ids: readonly string[] }; output: Finding[]; part: never };
  preview: { input: { place: LintPlace; draft: DraftInput }; output: Finding[]; part: never };
};
