import { RackhelmError } from '../../../shared/model/errors.ts';
import { deviceQuery } from '../../../shared/model/inventory.ts';
import { hasDatabase, openDatabase } from '../db/index.ts';
import { createInventory } from '../inventory/index.ts';
import type { DataOption } from './options.ts';
import { print, printJson, tell } from './output.ts';
import { formatTable } from './text-table.ts';

const most = 20_000;

/**
 * `rackhelm devices`: the list as a table or as the contract's rows in JSON. A look makes no new
 * inventory: a misspelt directory is told.
 */
export function printDevices(search: string, options: DataOption & { readonly json?: true }): void {
  if (!hasDatabase(options.data)) {
    throw new RackhelmError('NOT_FOUND', `There is no inventory in ${options.data}.`, {
      hint: 'Check --data; the app or rackhelm add makes one.',
    });
  }
  const database = openDatabase({ dataDirectory: options.data });
  try {
    const { rows, total } = createInventory(database).devices.list(
      deviceQuery.parse({ search: search.slice(0, 200), limit: most }),
    );
    if (options.json) {
      printJson(rows);
      return;
    }
    const header = ['NAME', 'KIND', 'STATUS', 'ADDRESS', 'MODEL', 'OS', 'DIFFERENCES'];
    const lines = rows.map((row) => [
      row.name,
      row.kind,
      row.status,
      row.primaryAddress ?? '-',
      row.model ?? '-',
      row.os ?? '-',
      row.observedAt === null ? 'never observed' : String(row.differences),
    ]);
    print(formatTable([header, ...lines]));
    if (total > rows.length) tell(`${total - rows.length} more are not shown.\n`);
  } finally {
    database.close();
  }
}
