import { afterEach, beforeEach } from 'vitest';
import type { SecretSubject } from '../../../../shared/model/secrets.ts';
import type { Database, SecretStore } from '../../db/index.ts';
import { MemoryKeyStore } from './memory-key-store.ts';
import { createSecrets, type Secrets } from './secrets.ts';

const cost = { N: 2 ** 14, r: 8, p: 1 };

export const passphrase = 'correct horse battery';
export const byPassphrase = { way: 'passphrase', passphrase } as const;
export const byKeyStore = { way: 'key-store' } as const;
export const password = {
  kind: 'ssh-password',
  user: 'ada',
  host: 'Pi-1',
  port: 22,
  through: [],
} satisfies SecretSubject;

interface TemporaryData {
  readonly directory: string;
  open(): Database;
  remove(): void;
}

/** For tests: a store in a database of its own, made anew for each test. */
export interface SecretsBed {
  readonly directory: string;
  readonly database: Database;
  keyStore: MemoryKeyStore;
  readonly secrets: Secrets;
  readonly reported: unknown[];
  /** As another start of the program would: nothing is held in memory. */
  start(store?: SecretStore): Secrets;
}

export function secretsBed(temporaryData: () => TemporaryData): SecretsBed {
  let bed = open();
  function open() {
    const data = temporaryData();
    const database = data.open();
    const reported: unknown[] = [];
    const opened = {
      data,
      directory: data.directory,
      database,
      keyStore: new MemoryKeyStore(),
      reported,
      start(store: SecretStore = database.secrets): Secrets {
        const { keyStore } = opened;
        const report = (error: unknown) => reported.push(error);
        return createSecrets({ store, settings: database.readings, keyStore, report, cost });
      },
    };
    return { ...opened, secrets: opened.start(), opened };
  }
  bed.data.remove();
  beforeEach(() => {
    bed = open();
  });
  afterEach(() => bed.data.remove());
  return {
    get directory() {
      return bed.directory;
    },
    get database() {
      return bed.database;
    },
    get keyStore() {
      return bed.opened.keyStore;
    },
    set keyStore(keyStore) {
      bed.opened.keyStore = keyStore;
    },
    get secrets() {
      return bed.secrets;
    },
    get reported() {
      return bed.reported;
    },
    start: (store) => bed.opened.start(store),
  };
}

export async function storedValue(
  secrets: Secrets,
  subject: SecretSubject = password,
): Promise<string | undefined> {
  return (await secrets.find(subject)?.read())?.secret;
}
