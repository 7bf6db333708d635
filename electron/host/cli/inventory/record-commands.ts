import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { Kind, KindName } from '../../../../shared/model/kinds/index.ts';
import { changedValues, newValues } from '../../../../shared/model/kinds/schema.ts';
import { parsePrefix, usableRange } from '../../../../shared/network/prefix.ts';
import type { Database } from '../../db/index.ts';
import { createRecords, type Records } from '../../records/index.ts';
import { openInventory } from '../open-inventory.ts';
import type { DataOption } from '../terminal/options.ts';
import { print, printJson, tell } from '../terminal/output.ts';
import { keepReason, type WithReason } from '../terminal/reason.ts';
import { splitCustom, withCustomFields } from './custom-columns.ts';
import {
  fieldNamed,
  find,
  kindNamed,
  namedValues,
  readWords,
  typedValues,
} from './record-input.ts';
import { consequencesText, recordTable, recordText } from './record-text.ts';

interface OutputOptions extends DataOption {
  readonly json?: true;
}

/** More than a person reads at once; `--limit` says otherwise. */
const pageSize = 1_000;

/** Opens the inventory for one command. A look makes no new one: a misspelt directory is told. */
export function withRecords<T>(
  { data }: DataOption,
  make: boolean,
  work: (records: Records, database: Database) => T,
): T {
  const database = openInventory(data, { make });
  try {
    return work(createRecords(database), database);
  } finally {
    database.close();
  }
}

export interface ListOptions extends OutputOptions {
  readonly where?: readonly string[];
  readonly columns?: string;
  readonly sort?: string;
  readonly descending?: true;
  readonly limit: number;
}

/** `rackhelm list KIND [WORDS]`. */
export function listRecords(
  kindWord: string,
  words: readonly string[],
  options: ListOptions,
): void {
  withRecords(options, false, (records, database) => {
    const kind = withCustomFields(database, kindNamed(kindWord));
    const where = typedValues(records, kind, readWords(options.where ?? []).assigned);
    const rows = allRows(records, kind, {
      search: words.join(' ').slice(0, 200),
      where: Object.entries(where).map(([field, value]) => ({ field, value })),
      sort: {
        field: options.sort === undefined ? null : fieldNamed(kind, options.sort),
        descending: options.descending === true,
      },
      limit: options.limit,
    });
    if (options.json) return printJson(rows.rows);
    const chosen = options.columns?.split(',').map((name) => fieldNamed(kind, name.trim())) ?? null;
    print(recordTable(kind, rows.rows, chosen));
    if (rows.total > rows.rows.length) {
      tell(`${rows.total - rows.rows.length} more are not shown; --limit shows more.\n`);
    }
  });
}

function allRows(
  records: Records,
  kind: Kind,
  query: Omit<Parameters<Records['list']>[0], 'kind' | 'offset'>,
) {
  const rows: ReturnType<Records['list']>['rows'] = [];
  let total = 0;
  do {
    const page = records.list({
      ...query,
      kind: kind.name as KindName, // every kind has a name of the list
      offset: rows.length,
      limit: Math.min(pageSize, query.limit - rows.length),
    });
    total = page.total;
    rows.push(...page.rows);
    if (page.rows.length === 0) break;
  } while (rows.length < Math.min(total, query.limit));
  return { rows, total };
}

/** `rackhelm get KIND NAME`. */
export function getRecord(
  kindWord: string,
  words: readonly string[],
  options: OutputOptions,
): void {
  withRecords(options, false, (records, database) => {
    const kind = withCustomFields(database, kindNamed(kindWord));
    const { id } = find(records, kind.name as KindName, words.join(' ')); // of the list
    const got = records.get({ kind: kind.name as KindName, id });
    if (options.json) printJson(got);
    else print(recordText(kind, got.record, got.dependents));
  });
}

/** `rackhelm add KIND NAME field=value …`. */
export function addRecord(
  kindWord: string,
  words: readonly string[],
  options: OutputOptions,
): void {
  withRecords(options, true, (records, database) => {
    const kind = withCustomFields(database, kindNamed(kindWord));
    const { name, assigned } = readWords(words);
    const { values, custom } = splitCustom({
      ...namedValues(
        records,
        kind,
        name === '' ? [] : words.slice(0, words.length - assigned.length),
      ),
      ...typedValues(records, kind, assigned),
    });
    const own = parse(kind, newValues(kindNamed(kindWord)), values);
    const { id } = records.create({ kind: kind.name as KindName, values: own, custom }, 'cli'); // of the list
    const { record } = records.get({ kind: kind.name as KindName, id });
    if (options.json) printJson(record);
    else print(`Added ${record.name}\n`);
  });
}

/** `rackhelm set KIND NAME field=value …`; an empty value declares nothing any more. */
export function setRecord(
  kindWord: string,
  words: readonly string[],
  options: OutputOptions & WithReason,
): void {
  withRecords(options, false, (records, database) => {
    const kind = withCustomFields(database, kindNamed(kindWord));
    const { name, assigned } = readWords(words);
    const { id } = find(records, kind.name as KindName, name); // of the list
    const { values, custom } = splitCustom(typedValues(records, kind, assigned));
    const own = parse(kind, changedValues(kindNamed(kindWord)), values);
    const input = { kind: kind.name as KindName, ids: [id], values: own, custom };
    keepReason(database, records.update(input, 'cli'), options);
    const { record } = records.get({ kind: kind.name as KindName, id });
    if (options.json) printJson(record);
    else print(`Changed ${record.name}\n`);
  });
}

/** `rackhelm remove KIND NAME`: says what goes along, and does it only with `--yes`. */
export function removeRecord(
  kindWord: string,
  words: readonly string[],
  options: OutputOptions & WithReason & { readonly yes?: true },
): void {
  const kind = kindNamed(kindWord);
  withRecords(options, false, (records, database) => {
    const { id } = find(records, kind.name as KindName, words.join(' ')); // of the list
    const { record, dependents } = records.get({ kind: kind.name as KindName, id });
    if (options.yes !== true) {
      tell(`${kind.label} ${record.name} would be deleted.\n${consequencesText(dependents)}`);
      throw new RackhelmError('INVALID_INPUT', 'Nothing was deleted.', {
        hint: 'Give --yes to delete it; rackhelm undo brings it back.',
      });
    }
    const input = { kind: kind.name as KindName, ids: [id] };
    keepReason(database, records.remove(input, 'cli'), options);
    if (options.json) printJson({ deleted: record, dependents });
    else print(`Deleted ${record.name}\n${consequencesText(dependents)}`);
  });
}

/** What the command line gave, by the same schema as the contract's; names the field at fault. */
function parse<T>(
  kind: Kind,
  schema: { safeParse(value: unknown): Parsed<T> },
  values: unknown,
): T {
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const name = String(issue?.path[0] ?? '');
  const label = kind.fields[name]?.label ?? name;
  const missing = /received undefined|received null/.test(issue?.message ?? '');
  throw new RackhelmError(
    'INVALID_INPUT',
    missing ? `A ${kind.name} needs ${label} (${name}=…).` : `${label}: ${issue?.message}.`,
    { data: { field: name } },
  );
}

type Parsed<T> =
  | { readonly success: true; readonly data: T }
  | {
      readonly success: false;
      readonly error: { readonly issues: readonly { path: PropertyKey[]; message: string }[] };
    };

/** `rackhelm next-address PREFIX`: the lowest address that nothing uses, reserves or gives out. */
export function nextAddress(
  text: string,
  options: OutputOptions & { readonly count: number },
): void {
  const prefix = parsePrefix(text, { hostBits: 'clear' });
  if (prefix === undefined) {
    throw new RackhelmError('INVALID_INPUT', `“${text}” is no prefix.`, {
      hint: 'Write it as 10.0.10.0/24.',
    });
  }
  withRecords(options, false, (records) => {
    const free = records.freeAddresses(usableRange(prefix), options.count);
    if (free.length === 0) {
      throw new RackhelmError('NOT_FOUND', `${text} has no free address.`, {
        hint: 'Every address is used, reserved, or in a range that is given out.',
      });
    }
    if (options.json) printJson(free);
    else print(free.map((address) => `${address}\n`).join(''));
  });
}
