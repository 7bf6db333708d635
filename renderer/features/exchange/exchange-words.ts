import type { ExportFormat, ImportSummary } from '../../../shared/contract/exchange.ts';
import { type KindName, kindOf } from '../../../shared/model/kinds/index.ts';

interface Counts {
  readonly add: number;
  readonly change: number;
  readonly delete: number;
}

/** `12 added, 3 changed, 1 deleted`. */
export const doneText = (counts: Counts) => countsText(counts, ['added', 'changed', 'deleted']);

/** `12 to add, 3 to change, 1 to delete`. */
export const planText = (counts: Counts) =>
  countsText(counts, ['to add', 'to change', 'to delete']);

function countsText(counts: Counts, words: readonly [string, string, string]): string {
  const parts = [
    [counts.add, words[0]],
    [counts.change, words[1]],
    [counts.delete, words[2]],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count.toLocaleString('en')} ${word}`)
    .join(', ');
}

export function totalsOf({ kinds }: Pick<ImportSummary, 'kinds'>) {
  const total = { add: 0, change: 0, delete: 0 };
  for (const one of kinds) {
    total.add += one.add;
    total.change += one.change;
    total.delete += one.delete;
  }
  return total;
}

/** What a column of a table may be, as a person calls it. */
export function targetLabel(kindName: KindName, target: string): string {
  const kind = kindOf(kindName);
  if (target === 'id') return 'Id';
  if (target.startsWith('!')) return `Not: ${targetLabel(kindName, target.slice(1))}`;
  const [name = '', part] = target.split('.');
  const field = kind.fields[name];
  if (field === undefined) return target;
  if (part === undefined || field.type !== 'reference') return field.label;
  return `${field.label}: ${kindOf(field.to).fields[part]?.label ?? part}`;
}

const delimiters: Readonly<Record<string, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars',
};

/** How the file was understood, in one line. */
export function fileNote({ format, encoding, table }: ImportSummary): string {
  const apart = table === null ? '' : `, ${delimiters[table.delimiter] ?? table.delimiter} between`;
  return `${format}, ${encoding}${apart}`;
}

export const exportChoices: readonly {
  readonly format: ExportFormat;
  readonly label: string;
  readonly note: string;
  /** Holds one kind, which is chosen too. */
  readonly ofKind?: true;
}[] = [
  {
    format: 'yaml',
    label: 'YAML',
    note: 'Everything, to read, edit, keep in git and bring back.',
  },
  { format: 'json', label: 'JSON', note: 'The same for programs; comes back as well.' },
  {
    format: 'csv',
    label: 'CSV',
    note: 'One kind as a table for a spreadsheet; comes back as well.',
    ofKind: true,
  },
  {
    format: 'ansible',
    label: 'Ansible inventory',
    note: 'Hosts in groups by kind, place and tag.',
  },
  { format: 'ssh-config', label: 'ssh configuration', note: 'A Host for each device.' },
  { format: 'hosts', label: 'Hosts file', note: 'Addresses with their names.' },
  { format: 'markdown', label: 'Markdown', note: 'Each rack from top to bottom, to print.' },
];
