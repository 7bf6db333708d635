/** What the reading process is asked for. `id` comes back with the answer. */
export type FileRequest =
  | { readonly id: number; readonly kind: 'read'; readonly path: string; readonly maxBytes: number }
  /** The paths that a glob(7) pattern means, sorted, dot files only where they are named. */
  | { readonly id: number; readonly kind: 'glob'; readonly pattern: string };

export type FileProblem = 'missing' | 'folder' | 'not-a-file' | 'too-large' | 'unreadable';

export interface ReadFile {
  readonly content: Buffer;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

export type FileAnswer =
  | { readonly id: number; readonly kind: 'read'; readonly file: ReadFile }
  | { readonly id: number; readonly kind: 'glob'; readonly paths: readonly string[] }
  | {
      readonly id: number;
      readonly kind: 'problem';
      readonly problem: FileProblem;
      /** What the operating system said: `EACCES`, … */
      readonly code: string | null;
    };

/** The process is there and can be asked. */
export interface FileReady {
  readonly kind: 'ready';
}
