import { RackhelmError } from '../../../shared/model/errors.ts';
import { type Database, hasDatabase, openDatabase } from '../db/index.ts';
import { createInventory } from '../inventory/index.ts';

/** A look makes no new inventory: a misspelt directory is told. Throws NOT_FOUND then. */
export function checkInventory(data: string): void {
  if (hasDatabase(data)) return;
  throw new RackhelmError('NOT_FOUND', `There is no inventory in ${data}.`, {
    hint: 'Check --data; the app, rackhelm add or rackhelm import FILE --yes makes one.',
  });
}

/**
 * The inventory, for one command, which closes it. Throws NOT_FOUND where there is none, unless `make`
 * lets a new one begin.
 */
export function openInventory(data: string, { make = false } = {}): Database {
  if (!make) checkInventory(data);
  const database = openDatabase({ dataDirectory: data });
  // It tells the database how to count differences, which a write may change.
  createInventory(database);
  return database;
}
