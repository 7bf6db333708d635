import type { CheckStatus } from '../checks/check.ts';
import type { StepState } from '../jobs/step-state.ts';
import type { KeptCheck } from './draft.ts';
import type { FactsSummary } from './facts-summary.ts';
import type { NodeRole } from './role.ts';

/** What one machine's page of a report is written from. */
export interface ReportMachine {
  readonly name: string;
  readonly address: string;
  readonly role: NodeRole | null;
  /** `Rack A, unit 4`; null: nowhere. */
  readonly place: string | null;
  readonly addresses: readonly string[];
  readonly says: string | null;
  readonly facts: FactsSummary | null;
  readonly checks: readonly KeptCheck[];
  readonly steps: readonly {
    readonly title: string;
    readonly state: StepState;
    readonly lasting: string | null;
  }[];
}

export interface ReportData {
  /** Null: nothing was run yet. */
  readonly jobId: string | null;
  readonly who: string;
  /** UTC milliseconds. */
  readonly at: number;
  readonly machines: readonly ReportMachine[];
}

/** A report before it has a form: titles, lines and tables of plain text. */
export type ReportBlock =
  | { readonly kind: 'title'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'pairs'; readonly pairs: readonly (readonly [string, string])[] }
  | {
      readonly kind: 'list';
      readonly items: readonly { readonly mark: CheckStatus | null; readonly text: string }[];
    }
  | { readonly kind: 'code'; readonly text: string };
