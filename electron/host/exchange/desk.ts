import { randomUUID } from 'node:crypto';
import {
  type ExportFormat,
  type ImportSummary,
  largestFile,
  pieceBytes,
  type ShownDifference,
} from '../../../shared/contract/exchange.ts';
import { type KindName, kindOf } from '../../../shared/model/kinds/index.ts';
import type { Database } from '../db/index.ts';
import { threadEntry, WorkerThread } from '../worker/index.ts';
import type { Applied, Decision } from './apply.ts';
import type { ColumnTarget } from './csv/columns.ts';
import { tooLarge } from './file-bytes.ts';
import { gone } from './gone.ts';

/** Where the thread finds the database, and which file it must be. */
export interface Place {
  readonly dataDirectory: string;
  readonly beside: string;
}

type FileId = { readonly id: string };
type Page = { readonly offset: number; readonly limit: number };
type Tables = {
  readonly kind: KindName | null;
  readonly map: ReadonlyMap<string, ColumnTarget | null>;
};
type Ask<I, O> = { input: I; output: O; part: never };

export type DeskAsks = {
  open: Ask<FileId & { readonly name: string }, undefined>;
  send: Ask<FileId & { readonly bytes: Uint8Array }, undefined>;
  compare: Ask<FileId & Tables & { readonly place: Place }, ImportSummary>;
  differences: Ask<FileId & Page, ShownDifference[]>;
  apply: Ask<FileId & { readonly place: Place; readonly decision: Decision }, Applied>;
  close: Ask<FileId, undefined>;
  write: Ask<
    FileId & {
      readonly place: Place;
      readonly format: ExportFormat;
      readonly kind: KindName | null;
    },
    number
  >;
  read: Ask<FileId & Page, string>;
};

/**
 * Files of windows on their way in and out. All of the work is done on a thread that holds them, so
 * that the host goes on answering. Throws NOT_FOUND for a file that is not held any more.
 */
export interface ExchangeDesk {
  open(file: { readonly name: string; readonly size: number }): Promise<{ file: string }>;
  send(input: { readonly file: string; readonly piece: string }): Promise<Record<string, never>>;
  compare(input: {
    readonly file: string;
    readonly kind: KindName | null;
    readonly map: readonly { readonly header: string; readonly target: string | null }[];
  }): Promise<ImportSummary>;
  differences(input: Page & { readonly file: string }): Promise<ShownDifference[]>;
  apply(input: Decision & { readonly file: string }): Promise<Applied>;
  close(input: { readonly file: string }): Promise<Record<string, never>>;
  write(input: {
    readonly format: ExportFormat;
    readonly kind: KindName | null;
  }): Promise<{ file: string; name: string; size: number }>;
  read(input: { readonly file: string; readonly offset: number }): Promise<{ piece: string }>;
  end(): Promise<void>;
}

/** More than windows have open; the thread holds the newest few. */
const mostOpen = 16;
/** A person looks at what would change for a while. */
const heldMs = 15 * 60_000;

export function createExchangeDesk(database: Database, dataDirectory: string): ExchangeDesk {
  const thread = new WorkerThread<DeskAsks>({
    entry: threadEntry(import.meta.url, 'exchange-thread'),
    task: 'Reading the file',
    maxHeapMib: 2_048,
    idleMs: heldMs,
  });
  /** Bytes that came of each file; the sender's own word is not taken for it. */
  const arrived = new Map<string, number>();
  const place = (): Place => ({ dataDirectory, beside: database.identity });
  const quiet = async (work: Promise<unknown>): Promise<Record<string, never>> => {
    await work;
    return {};
  };

  return {
    async open({ name, size }) {
      if (size > largestFile) throw tooLarge();
      const id = randomUUID();
      await thread.run('open', { id, name });
      arrived.set(id, 0);
      for (const oldest of [...arrived.keys()].slice(0, -mostOpen)) arrived.delete(oldest);
      return { file: id };
    },
    async send({ file, piece }) {
      const before = arrived.get(file);
      if (before === undefined) throw gone();
      const bytes = new Uint8Array(Buffer.from(piece, 'base64'));
      if (before + bytes.length > largestFile) throw tooLarge();
      arrived.set(file, before + bytes.length);
      return quiet(thread.run('send', { id: file, bytes }, { transfer: [bytes.buffer] }));
    },
    compare({ file, kind, map }) {
      const chosen = new Map(map.map(({ header, target }) => [header, target]));
      return thread.run('compare', { id: file, place: place(), kind, map: chosen });
    },
    differences: ({ file, offset, limit }) =>
      thread.run('differences', { id: file, offset, limit }),
    async apply({ file, deletions, prefer }) {
      const decision = { deletions, prefer };
      await database.free();
      const work = thread.run('apply', { id: file, place: place(), decision });
      const applied = await database.lend(work);
      arrived.delete(file);
      return applied;
    },
    close({ file }) {
      arrived.delete(file);
      return quiet(thread.run('close', { id: file }));
    },
    async write({ format, kind }) {
      const id = randomUUID();
      const size = await thread.run('write', { id, place: place(), format, kind });
      return { file: id, name: fileName(format, kind), size };
    },
    read: async ({ file, offset }) => ({
      piece: await thread.run('read', { id: file, offset, limit: pieceBytes }),
    }),
    end: () => thread.close(),
  };
}

function fileName(format: ExportFormat, kind: KindName | null): string {
  const what = kind === null ? 'rackhelm' : kindOf(kind).name;
  const own: Partial<Readonly<Record<ExportFormat, string>>> = {
    ansible: 'ansible-inventory.yaml',
    'ssh-config': 'ssh_config',
    hosts: 'hosts',
    markdown: 'rackhelm.md',
  };
  return own[format] ?? `${what}.${format}`;
}
