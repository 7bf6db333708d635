import { RackhelmError } from '../../../shared/model/errors.ts';
import type { Kind } from '../../../shared/model/kinds/index.ts';
import type { AnnotationPart } from './annotations/keys.ts';

/** Where in a file something stands, for a person who looks for it. */
export interface FilePlace {
  /** From 1. */
  readonly line: number;
  /** `devices[3].interfaces[1].mtu`, or the column of a table. */
  readonly path: string;
}

/** What a file says of one field: as it was typed, or null for "not declared". */
export interface GivenField {
  readonly typed: string | null;
  readonly place: FilePlace;
}

/** What a file says that is noted of a thing; null: it says nothing of these. */
export interface GivenAnnotations {
  readonly tags: readonly { readonly name: string; readonly place: FilePlace }[] | null;
  readonly notes: readonly GivenNote[];
  /** By the name of the field. */
  readonly custom: ReadonlyMap<string, GivenField>;
  readonly attachments: readonly GivenAttachment[];
}

export interface GivenNote {
  readonly id: string | null;
  readonly text: string;
  readonly at: number | null;
  readonly editedAt: number | null;
  readonly place: FilePlace;
}

export interface GivenAttachment {
  readonly id: string | null;
  readonly name: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly mediaType: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly addedAt: number | null;
  readonly place: FilePlace;
}

export const nothingGiven: GivenAnnotations = {
  tags: null,
  notes: [],
  custom: new Map(),
  attachments: [],
};

/** A thing of a file, not yet compared with the inventory. */
export interface FileRecord {
  readonly kind: Kind;
  readonly id: string | null;
  readonly place: FilePlace;
  readonly fields: ReadonlyMap<string, GivenField>;
  /** What it stands under, which it belongs to. */
  readonly owner: FileRecord | null;
  /** What the file has noted of it. */
  readonly annotations: GivenAnnotations;
}

/** Something of a file that has no place here. */
export interface Dropped {
  readonly what: string;
  readonly line: number;
}

/** What every format is read into. */
export interface FileContent {
  readonly records: readonly FileRecord[];
  /** The file says everything: what is not in it is not there. */
  readonly whole: boolean;
  /** Of a whole file: what that is noted it says all of, too. */
  readonly with: ReadonlySet<AnnotationPart>;
  /** Of the inventory as it was when the file was written. */
  readonly revision: string | null;
  readonly dropped: readonly Dropped[];
}

/** FILE_INVALID that names line and path. Nothing of the file is kept then. */
export function fileProblem(place: FilePlace, message: string): RackhelmError {
  const sentence = message.replace(/[.?]?\s*$/, (end) => (end.startsWith('?') ? '?' : '.'));
  const path = place.path === '' ? '' : `${place.path}: `;
  return new RackhelmError('FILE_INVALID', `Line ${place.line}: ${path}${sentence}`, {
    data: { line: place.line, path: place.path },
  });
}
