import type { Wanted } from './wanted.ts';

/** Texts of a machine's network files by path. */
export type Files = ReadonlyMap<string, string>;

export interface EditedFile {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
  /** Of a new file. */
  readonly mode: number;
}

export interface Asked {
  readonly files: Files;
  readonly wanted: Wanted;
  /** The file that the machine itself names as that of the interface; null: it names none. */
  readonly named: string | null;
}

/** What the script on the machine does; `set` is the directory of the old or the new texts there. */
export interface Activation {
  /** Shell lines that put the files that stand in /etc into effect; `$from`: the set of before. */
  readonly activate: readonly string[];
  /** Shell lines that let the node's own tool look at the new text in "$f"; empty: it has none. */
  readonly check: readonly string[];
}

/** One of the programs that set addresses on Linux. Pure: text in, text out. */
export interface Renderer {
  readonly id: RendererId;
  /** For sentences. */
  readonly name: string;
  /** Shell patterns of its files. */
  readonly patterns: readonly string[];
  /** Finds nothing to do in its own result. Throws FIX_NOT_POSSIBLE. */
  edit(asked: Asked): EditedFile;
  activation(wanted: Wanted, file: EditedFile): Activation;
}

export const rendererIds = ['netplan', 'networkd', 'NetworkManager', 'ifupdown', 'dhcpcd'] as const;
export type RendererId = (typeof rendererIds)[number];
