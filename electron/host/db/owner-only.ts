import { chmodSync, closeSync, openSync } from 'node:fs';

const ownerOnly = 0o600;

/** Makes an empty file for its owner only, which SQLite then fills; leaves alone what is there. */
export function createOwnerOnly(file: string): void {
  closeSync(openSync(file, 'a', ownerOnly));
}

/** Takes everybody else's rights to a database and to the files that SQLite keeps beside it. */
export function makeOwnerOnly(database: string): void {
  for (const file of [database, `${database}-wal`, `${database}-shm`]) {
    try {
      chmodSync(file, ownerOnly);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      // Not there; or somebody else's, who lets us write to it and decides who else may.
      if (code !== 'ENOENT' && code !== 'EPERM') throw error;
    }
  }
}
