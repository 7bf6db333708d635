import path from 'node:path';
import {
  exportFormats,
  type ImportSummary,
  type ShownDifference,
} from '../../../../shared/contract/exchange.ts';
import { formatCount } from '../../../../shared/model/amounts.ts';
import { fileKindOf } from '../../../../shared/model/custom-field-kind.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { kindOf } from '../../../../shared/model/kinds/index.ts';
import type { Database } from '../../db/index.ts';
import {
  type ComparedFile,
  contentIn,
  createExchange,
  type Exchange,
  readFileBounded,
  takeContents,
  writeContents,
  writeFileWhole,
} from '../../exchange/index.ts';
import { openInventory } from '../open-inventory.ts';
import type { DataOption } from '../terminal/options.ts';
import { print, printFile, printJson, tell } from '../terminal/output.ts';
import { keepReason, type WithReason } from '../terminal/reason.ts';
import { kindNamed } from './record-input.ts';

export interface ImportOptions extends DataOption, WithReason {
  readonly dryRun?: true;
  readonly yes?: true;
  readonly delete?: true;
  readonly keep?: true;
  readonly prefer?: 'file' | 'inventory';
  readonly kind?: string;
  readonly map?: readonly string[];
  readonly attachments?: string;
  readonly limit: number;
  readonly json?: true;
}

export interface ExportOptions extends DataOption {
  readonly format?: string;
  readonly output?: string;
  readonly attachments?: string;
  readonly json?: true;
}

async function withExchange<T>(
  { data }: DataOption,
  make: boolean,
  work: (exchange: Exchange, database: Database) => T | Promise<T>,
): Promise<T> {
  const database = openInventory(data, { make });
  try {
    return await work(createExchange(database), database);
  } finally {
    database.close();
  }
}

/** `rackhelm import FILE`: shows what would change, and does it only with `--yes`. */
export async function importFile(file: string, options: ImportOptions): Promise<void> {
  const bytes = await readFileBounded(file);
  const kind = options.kind === undefined ? null : kindNamed(options.kind);
  const map = new Map((options.map ?? []).map(readMapping));
  const folder = options.attachments ?? path.join(path.dirname(file), 'attachments');
  await withExchange(options, options.yes === true, async (exchange, database) => {
    const compared = exchange.compare({ name: file, bytes }, { kind, map });
    const { summary } = compared;
    const isDone = summary.total === 0 || options.dryRun === true;
    if (!isDone) decide(summary, options, () => showDifferences(compared, options, tell));
    const missing = compared.contents.filter((one) => contentIn(folder, one) === undefined);
    for (const { name, sha256 } of missing.slice(0, options.limit)) {
      tell(`The content of the attachment ${name} is not in ${folder}: ${sha256}\n`);
    }
    // Also those of rows that came in before without them.
    if (options.yes === true && options.dryRun !== true)
      await takeContents(database, folder, compared.contents);
    const applied = isDone
      ? null
      : compared.apply({ deletions: options.delete === true, prefer: options.prefer ?? null });
    if (applied !== null) keepReason(database, applied, options);
    if (options.json) {
      const differences = compared.differences({ offset: 0, limit: options.limit });
      printJson({ ...summary, differences, applied });
      return;
    }
    if (isDone) showDifferences(compared, options, print);
    if (applied === null) return;
    const { added, changed, deleted } = applied;
    print(`Added ${added}, changed ${changed}, deleted ${deleted}; rackhelm undo takes it back.\n`);
  });
}

/** `Column=field`; `Column=` leaves a column out. */
function readMapping(text: string): [header: string, target: string | null] {
  const at = text.lastIndexOf('=');
  if (at > 0) return [text.slice(0, at), text.slice(at + 1) || null];
  throw new RackhelmError('INVALID_INPUT', `“${text}” is no Column=field.`);
}

/** Throws what is still to be said before anything is done. */
function decide(summary: ImportSummary, options: ImportOptions, show: () => void): void {
  const deletions = summary.kinds.reduce((sum, one) => sum + one.delete, 0);
  const asked = [
    ...(options.yes === true ? [] : ['--yes to do it']),
    ...(deletions > 0 && options.delete !== true && options.keep !== true
      ? [`--delete to delete what the file does not have (${deletions}), or --keep to keep it`]
      : []),
    ...(summary.conflicts > 0 && options.prefer === undefined
      ? ['--prefer file or --prefer inventory where both were changed']
      : []),
  ];
  if (asked.length === 0) return;
  if (options.json !== true) show();
  throw new RackhelmError('INVALID_INPUT', 'Nothing was imported.', {
    hint: `Give ${asked.join('; ')}. rackhelm undo takes it back.`,
  });
}

const bases: Readonly<Record<ImportSummary['base'], string>> = {
  known: '',
  none: '',
  unknown:
    'This inventory does not know the revision of the file: what was changed here since counts as changed in the file.\n',
};

function showDifferences(
  compared: ComparedFile,
  { limit }: ImportOptions,
  out: (text: string) => void,
): void {
  const { summary } = compared;
  out(`${summary.format}, ${summary.encoding}: ${summaryText(summary)}\n${bases[summary.base]}`);
  if (summary.table !== null) out(tableText(summary.table));
  for (const { what, line } of summary.dropped) out(`  left out, line ${line}: ${what}\n`);
  if (summary.droppedTotal > summary.dropped.length) {
    out(`  and ${summary.droppedTotal - summary.dropped.length} more are left out\n`);
  }
  for (const one of compared.differences({ offset: 0, limit })) out(differenceText(one));
  if (summary.total > limit) out(`  and ${summary.total - limit} more; --limit shows them\n`);
}

function tableText({ kind, columns }: NonNullable<ImportSummary['table']>): string {
  const mapped = columns.flatMap(({ header, target }) =>
    target === null ? [] : [`${header} → ${target}`],
  );
  return `  read as ${kindOf(kind).plural}: ${mapped.join(', ')}\n`;
}

function summaryText(summary: ImportSummary): string {
  if (summary.total === 0) return 'nothing would change.';
  const parts = summary.kinds.map(({ kind, add, change, delete: gone }) => {
    const { plural } = fileKindOf(kind);
    const counts = [
      add > 0 ? `${add} added` : '',
      change > 0 ? `${change} changed` : '',
      gone > 0 ? `${gone} deleted` : '',
    ];
    return `${plural} ${counts.filter((text) => text !== '').join(', ')}`;
  });
  return `${parts.join('; ')}.`;
}

const signs = { add: '+', change: '~', delete: '-' } as const;

function differenceText({ action, kind, name, fields, conflict }: ShownDifference): string {
  const both = conflict ? '  (changed on both sides)' : '';
  const head = `${signs[action]} ${kind} ${name}${both}\n`;
  if (action !== 'change') return head;
  const lines = fields.map(({ label, before, after, conflict: clash }) => {
    const mark = clash ? '  (changed on both sides)' : '';
    return `    ${label}: ${before ?? '-'} → ${after ?? '-'}${mark}\n`;
  });
  return head + lines.join('');
}

/** `rackhelm export [KIND]`: to stdout, or whole into a file of its owner alone. */
export async function exportFile(word: string | undefined, options: ExportOptions): Promise<void> {
  const kind = word === undefined ? null : kindNamed(word);
  const wanted = options.json === true ? 'json' : options.format;
  const format = exportFormats.find((name) => name === wanted);
  if (format === undefined) {
    throw new RackhelmError('INVALID_INPUT', `There is no format called ${wanted}.`, {
      hint: `The formats are ${exportFormats.join(', ')}.`,
    });
  }
  const text = await withExchange(options, false, async (exchange, database) => {
    if (options.attachments !== undefined) await exportContents(database, options.attachments);
    return exchange.write(format, kind);
  });
  if (options.output === undefined) {
    printFile(text);
    return;
  }
  await writeFileWhole(options.output, text);
  tell(`Wrote ${options.output}\n`);
}

async function exportContents(database: Database, folder: string): Promise<void> {
  const { written, missing } = await writeContents(database, folder);
  tell(`Wrote ${formatCount(written, 'content')} of attachments to ${folder}\n`);
  for (const sha256 of missing) tell(`A content is no longer in the data directory: ${sha256}\n`);
}
