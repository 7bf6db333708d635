import type { PowerLineRow, PowerOverview } from '../../../../shared/contract/power.ts';
import { formatCount } from '../../../../shared/model/amounts.ts';
import { runTimeAssumption } from '../../../../shared/topology/power-summary.ts';
import { createPower } from '../../power/index.ts';
import { openInventory } from '../open-inventory.ts';
import type { DataOption } from '../terminal/options.ts';
import { print, printJson, tell } from '../terminal/output.ts';
import { formatTable } from '../terminal/text-table.ts';

interface OutputOptions extends DataOption {
  readonly json?: true;
}

/** More lines than anybody reads in a terminal. */
const mostLines = 5_000;

/** `rackhelm power [NAME]`: the tree, or of it what holds these words. */
export function printPower(words: readonly string[], options: OutputOptions): void {
  const database = openInventory(options.data);
  try {
    const power = createPower(database);
    const search = words.join(' ').slice(0, 200);
    const tree = power.tree({ search, collapsed: [], offset: 0, limit: mostLines });
    const overview = power.overview();
    if (options.json) printJson({ overview, lines: tree.rows });
    else if (overview.empty) print('No power is documented yet.\n');
    else print(treeText(tree.rows) + (search === '' ? `\n${overviewText(overview)}` : ''));
    if (tree.total > tree.rows.length) {
      tell(`${tree.total - tree.rows.length} more are not shown; name what you look for.\n`);
    }
  } finally {
    database.close();
  }
}

const watts = (value: number) => `${Math.round(value)} W`;

function treeText(rows: readonly PowerLineRow[]): string {
  const header = ['POWER', 'FEED', 'PHASE', 'LOAD', 'OF', 'RUN TIME'];
  const lines = rows.map((row) => [
    `${'  '.repeat(row.depth)}${lineText(row)}`,
    row.feed ?? '-',
    row.phase ?? '-',
    row.supply === 'none' ? 'off' : watts(row.load),
    row.capacity === null ? '-' : `${watts(row.capacity)}${row.overloaded ? ' (too much)' : ''}`,
    row.runTime === null ? '-' : `${Math.round(row.runTime.minutes)} min`,
  ]);
  return formatTable([header, ...lines]);
}

function lineText({ kind, name, device, inputName, repeated }: PowerLineRow): string {
  const again = repeated ? ' (its outlets stand above)' : '';
  if (kind === 'device') return `${device?.name ?? name}${again}`;
  const plugged = device === null ? '' : ` → ${device.name}, ${inputName}`;
  return `${kind === 'breaker' ? 'breaker ' : ''}${name}${plugged}${again}`;
}

function overviewText({ load, worst, feeds, failures, undocumented, ups }: PowerOverview): string {
  const lines = [`Load ${watts(load)}, by the nameplates ${watts(worst)}.`];
  if (feeds.A > 0 || feeds.B > 0) lines.push(`Feed A ${watts(feeds.A)}, feed B ${watts(feeds.B)}.`);
  for (const { feed, dark, overloaded } of failures) {
    const go = dark.count === 1 ? 'goes' : 'go';
    const off = dark.count === 0 ? 'nothing goes off' : `${dark.names.join(', ')} ${go} off`;
    const most = overloaded.count === 0 ? '' : `; too much on ${overloaded.names.join(', ')}`;
    lines.push(`Without feed ${feed} ${off}${most}.`);
  }
  if (undocumented > 0) {
    lines.push(`Without documented power: ${formatCount(undocumented, 'device')}.`);
  }
  if (ups.some(({ runTime }) => runTime !== null)) lines.push(runTimeAssumption);
  return lines.map((line) => `${line}\n`).join('');
}
