import type { ChangeSet } from '../../../shared/model/history.ts';

/** Runs work in one transaction as one change set; database.ts has it. */
export type WriteChangeSet = <T>(
  /** Called first inside the transaction, so that it sees what other programs wrote. */
  begin: () => ChangeSetEntry,
  work: (setSeq: number) => T,
) => { readonly result: T; readonly changeSetId: string };

interface ChangeSetEntry {
  readonly title: string;
  readonly source: ChangeSet['source'];
  /** The change set that this one takes back or brings back. */
  readonly undoes: string | null;
}
