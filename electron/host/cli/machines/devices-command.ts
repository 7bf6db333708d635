import { formatCount } from '../../../../shared/model/amounts.ts';
import { type DeviceRow, deviceQuery } from '../../../../shared/model/inventory.ts';
import { failureWords } from '../../../../shared/model/readings.ts';
import { createInventory } from '../../inventory/index.ts';
import { openInventory } from '../open-inventory.ts';
import type { DataOption } from '../terminal/options.ts';
import { print, printJson, tell } from '../terminal/output.ts';
import { formatTable } from '../terminal/text-table.ts';

const most = 20_000;

/**
 * `rackhelm devices`: the list as a table or as the contract's rows in JSON. A look makes no new
 * inventory: a misspelt directory is told.
 */
export function printDevices(search: string, options: DataOption & { readonly json?: true }): void {
  const database = openInventory(options.data);
  try {
    const { rows, total } = createInventory(database).devices.list(
      deviceQuery.parse({ search: search.slice(0, 200), limit: most }),
    );
    if (options.json) {
      printJson(rows);
      return;
    }
    const header = ['NAME', 'KIND', 'STATUS', 'ADDRESS', 'MODEL', 'OS', 'READ'];
    const lines = rows.map((row) => [
      row.name,
      row.kind,
      row.status,
      row.primaryAddress ?? '-',
      row.model ?? '-',
      row.os ?? '-',
      standing(row),
    ]);
    print(formatTable([header, ...lines]));
    if (total > rows.length) tell(`${total - rows.length} more are not shown.\n`);
  } finally {
    database.close();
  }
}

/** As the list of the app says it. */
function standing({ failure, observedAt, differences }: DeviceRow): string {
  if (failure !== null) return `could not be read: ${failureWords(failure.code)}`;
  if (observedAt === null) return 'never read';
  if (differences === 0) return 'as declared';
  return formatCount(differences, 'difference');
}
