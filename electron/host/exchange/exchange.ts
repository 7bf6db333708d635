import { basename } from 'node:path';
import type {
  ExportFormat,
  ImportSummary,
  ShownDifference,
} from '../../../shared/contract/exchange.ts';
import type { Attachment } from '../../../shared/model/annotations.ts';
import type { FileKindName } from '../../../shared/model/custom-field-kind.ts';
import { RackhelmError } from '../../../shared/model/errors.ts';
import type { Kind, KindName } from '../../../shared/model/kinds/index.ts';
import type { Database } from '../db/index.ts';
import { contentsNeeded } from './annotations/contents.ts';
import { type Applied, applyPlan, type Decision } from './apply.ts';
import { targetsOf } from './csv/columns.ts';
import type { TableContent } from './csv/read-csv.ts';
import { writeCsv } from './csv/write-csv.ts';
import { createDifferenceWords } from './differences.ts';
import { decodeFile } from './file-bytes.ts';
import type { FileContent } from './file-record.ts';
import { formatOf, type ReadOptions } from './formats.ts';
import { type InventoryRows, readInventory } from './inventory-rows.ts';
import { writeAnsible } from './out/ansible.ts';
import { writeHosts } from './out/hosts.ts';
import { type Machine, machinesOf } from './out/machines.ts';
import { writeMarkdown } from './out/markdown.ts';
import { writeSshConfig } from './out/ssh-config.ts';
import { type Difference, type Plan, planOf } from './plan.ts';
import { writeJson, writeYaml } from './write-inventory.ts';

export interface ForeignFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A file that was compared with the inventory, to be looked at and then applied. */
export interface ComparedFile {
  readonly summary: ImportSummary;
  /** Attachments whose contents are not here: the file does not hold these. */
  readonly contents: readonly Attachment[];
  /** In the order of kinds; `offset` from 0. */
  differences(page: { readonly offset: number; readonly limit: number }): ShownDifference[];
  /** One change set. Throws CHANGED_SINCE and FILE_INVALID; nothing is written then. */
  apply(decision: Decision, into?: Database): Applied;
}

/** Moving in and out. All of it may take long: windows ask for it on a thread. */
export interface Exchange {
  /** Throws FILE_INVALID with line and path for what is not understood. */
  compare(file: ForeignFile, options: ReadOptions): ComparedFile;
  /** The text of a file. `kind` null: everything. */
  write(format: ExportFormat, kind: Kind | null): string;
}

export function createExchange(db: Database): Exchange {
  return {
    compare(file, options) {
      const decoded = decodeFile(file.bytes);
      const format = formatOf(decoded, file.name, options);
      const content = format.read({ text: decoded.text, name: file.name }, options);
      const plan = planned(db, content);
      const words = createDifferenceWords(plan);
      const { dropped, whole, records } = content;
      const contents = contentsNeeded(db, plan);
      return {
        summary: {
          format: format.label,
          encoding: decoded.encoding,
          whole,
          base: plan.base,
          table: 'columns' in content ? tableOf(content) : null,
          things: records.length,
          ...countsOf(plan),
          dropped: dropped.slice(0, 50).map((one) => ({ ...one })),
          droppedTotal: dropped.length,
          missing: contents.slice(0, 20).map(({ name }) => name),
          missingTotal: contents.length,
        },
        contents,
        differences: ({ offset, limit }) =>
          plan.differences.slice(offset, offset + limit).map(words),
        apply: (decision, into = db) =>
          applyPlan(into, plan, { title: `Imported ${shortName(file.name)}`, decision }),
      };
    },
    write(format, kind) {
      const rows = readInventory(db);
      const out = writers[format];
      if (out !== undefined) return out(rows, machinesFor(format, kind, db, rows));
      if (format === 'json') return writeJson(rows, kind);
      if (format === 'csv') return writeCsv(rows, neededKind(kind));
      const { text, revision } = writeYaml(rows, kind);
      // So that an edited file can be told from what was changed here meanwhile.
      if (kind === null) db.tables.exchange.remember(revision, db.tables.exchange.lastChange());
      return text;
    },
  };
}

/** What is written from the devices as other programs reach them. */
const writers: Partial<
  Readonly<Record<ExportFormat, (rows: InventoryRows, machines: readonly Machine[]) => string>>
> = {
  ansible: (_rows, machines) => writeAnsible(machines),
  'ssh-config': (_rows, machines) => writeSshConfig(machines),
  hosts: writeHosts,
  markdown: writeMarkdown,
};

function machinesFor(format: ExportFormat, kind: Kind | null, db: Database, rows: InventoryRows) {
  if (kind === null || kind.name === 'device') return machinesOf(db, rows);
  throw new RackhelmError('INVALID_INPUT', `${format} is written from the whole inventory.`, {
    hint: 'Leave the kind out.',
    data: { field: 'kind' },
  });
}

/** What is wrong in a table may be that a column was taken for something else: it is told along. */
function planned(db: Database, content: FileContent | TableContent): Plan {
  try {
    return planOf(db, content, readInventory(db));
  } catch (error) {
    if (!(error instanceof RackhelmError) || !('columns' in content)) throw error;
    const data = { ...error.data, table: tableOf(content) };
    throw new RackhelmError(error.code, error.message, { hint: error.hint, data, cause: error });
  }
}

function tableOf({ kind, delimiter, columns }: TableContent): ImportSummary['table'] {
  return {
    kind: kind.name as KindName, // of the list
    delimiter,
    columns: columns.map((column) => ({ ...column })),
    targets: targetsOf(kind),
  };
}

function neededKind(kind: Kind | null): Kind {
  if (kind !== null) return kind;
  throw new RackhelmError('INVALID_INPUT', 'A table holds one kind of things.', {
    hint: 'Say the kind: device, interface, address, vlan, …',
    data: { field: 'kind' },
  });
}

/** Of a path, as a title of the history has room for. */
const shortName = (name: string) => basename(name).slice(0, 100);

function countsOf(plan: Plan) {
  const { differences, unchanged, changedHere } = plan;
  const kinds = new Map<string, { add: number; change: number; delete: number }>();
  for (const { kind, action } of differences) {
    const counts = kinds.get(kind.name) ?? { add: 0, change: 0, delete: 0 };
    counts[action] += 1;
    kinds.set(kind.name, counts);
  }
  return {
    unchanged,
    changedHere,
    conflicts: differences.filter(({ conflict }: Difference) => conflict).length,
    total: differences.length,
    kinds: [...kinds].map(([kind, counts]) => ({ kind: kind as FileKindName, ...counts })), // of the list
  };
}
