import type { FieldValue, Kind } from '../../../shared/model/kinds/index.ts';
import type { FilePlace, FileRecord } from './file-record.ts';

/** A row as the file wants it, in the values of its kind. */
export interface Wanted {
  readonly kind: Kind;
  /** Of the row that it is; a new one keeps the id of the file. */
  readonly id: string;
  readonly isNew: boolean;
  readonly place: FilePlace;
  /** Every field of a new row or a whole file; else those that the file gives. */
  readonly values: Record<string, FieldValue>;
  readonly record: FileRecord;
}
