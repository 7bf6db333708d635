import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { Change, Moment, PastThing, Restored } from '../../../../shared/model/history.ts';
import type { KindName } from '../../../../shared/model/kinds/index.ts';
import { print, printJson } from '../terminal/output.ts';
import { reasonIn, type WithReason } from '../terminal/reason.ts';
import { formatTable } from '../terminal/text-table.ts';
import type { OutputOptions } from './annotation-commands.ts';
import { withRecords } from './record-commands.ts';
import { find, kindNamed } from './record-input.ts';

/** `2026-11-30`, `2026-11-30 14:00`, with or without a zone; of this computer where none is said. */
export function momentIn(text: string): Moment {
  const plain = text.trim().replace(' ', 'T');
  const at = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(plain) ? `${plain}T00:00` : plain);
  if (!Number.isNaN(at)) return { at };
  throw new RackhelmError('INVALID_INPUT', `“${text}” is no time.`, {
    hint: 'Write it as 2026-11-30 or 2026-11-30 14:00.',
  });
}

/** `rackhelm get KIND NAME --at TIME`. A thing that is gone since is named by its id. */
export function getAt(
  kindWord: string,
  words: readonly string[],
  options: OutputOptions & { readonly at: string },
): void {
  const at = momentIn(options.at);
  withRecords(options, false, (records, database) => {
    const id = idOf(records, kindWord, words);
    const past = database.history.thingAt({ id, at });
    if (options.json) printJson(past);
    else print(pastText(past));
  });
}

function idOf(
  records: Parameters<typeof find>[0],
  kindWord: string,
  words: readonly string[],
): string {
  const name = words.join(' ').trim();
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(name);
  return isId ? name.toLowerCase() : find(records, kindNamed(kindWord).name as KindName, name).id; // of the list
}

const hidden = /^id$|_bytes$|^bytes$|_start$|_end$/;

function pastText({ there, name, row, parts, changes, total, names }: PastThing): string {
  if (!there) return `${name} was not there at that time.\n`;
  const fields = Object.entries(row ?? {}).flatMap(([column, value]) =>
    value === null || hidden.test(column) ? [] : [[column, valueText(value, names)]],
  );
  const belongings = parts.map((part) => [
    `${part.table} (${part.count})`,
    part.names.join(', ') + (part.count > part.names.length ? ', …' : ''),
  ]);
  const since =
    total === 0 ? 'Nothing has changed since.\n' : `Since then:\n${changesText(changes, names)}`;
  return `As it was: ${name}\n${formatTable([...fields, ...belongings])}${since}`;
}

function valueText(value: unknown, names: Readonly<Record<string, string>>): string {
  const text = String(value);
  return (names[text] ?? text).replaceAll(/\s+/g, ' ');
}

const verbs = { insert: 'added', update: 'changed', delete: 'deleted' } as const;

function changesText(
  changes: readonly Change[],
  names: Readonly<Record<string, string>>,
  would = false,
): string {
  return changes
    .map(({ table, rowId, operation, before, after }) => {
      const what = names[rowId] ?? rowId;
      const fields = Object.keys(operation === 'update' ? (after ?? {}) : {})
        .filter((column) => !hidden.test(column))
        .map(
          (column) =>
            `${column}: ${valueText(before?.[column] ?? 'nothing', names)} → ${valueText(after?.[column] ?? 'nothing', names)}`,
        );
      return `  ${would ? 'would be ' : ''}${verbs[operation]} ${table} ${what}${fields.length === 0 ? '' : ` (${fields.join('; ')})`}\n`;
    })
    .join('');
}

export interface RestoreOptions extends OutputOptions, WithReason {
  readonly at: string;
  readonly dryRun?: true;
}

/** `rackhelm restore --at TIME [KIND NAME]`: one thing, or the whole inventory. */
export function restoreTo(
  kindWord: string | undefined,
  words: readonly string[],
  options: RestoreOptions,
): void {
  const to = momentIn(options.at);
  withRecords(options, false, (records, database) => {
    const thing = kindWord === undefined ? null : idOf(records, kindWord, words);
    const dryRun = options.dryRun === true;
    const reason = reasonIn(options);
    const restored = database.history.restore({ to, thing, dryRun, reason }, 'cli');
    if (options.json) printJson(restored);
    else print(restoredText(restored, dryRun));
  });
}

function restoredText(restored: Restored, dryRun: boolean): string {
  const { changes, total, names, conflicts, changeSet } = restored;
  const head =
    total === 0
      ? 'Nothing differs from then.\n'
      : `${changeSet?.title ?? 'This would be restored'}: ${total} ${total === 1 ? 'row' : 'rows'}\n`;
  const more = total > changes.length ? `  and ${total - changes.length} more\n` : '';
  const left = conflicts.map(
    ({ table, rowId, reason }) => `Left as it is: ${table} ${names[rowId] ?? rowId} (${reason})\n`,
  );
  return `${head}${changesText(changes, names, dryRun)}${more}${left.join('')}`;
}
