import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { GoodCopy, SystemEvent } from '../../shared/contract/system.ts';
import { RackhelmError } from '../../shared/model/errors.ts';
import { Activities } from './activity/index.ts';
import { type Database, type History, openDatabase, recoverDatabase } from './db/index.ts';
import { EventQueue } from './event-queue.ts';
import { createInventory, type Inventory } from './inventory/index.ts';
import { type Attempts, createAttempts } from './onboarding/index.ts';
import { createMachineReader } from './onboarding/machine-reader.ts';
import { createProposals, keepUp, type Proposals } from './proposals/index.ts';
import type { SshPool } from './ssh/index.ts';

/** After the first screen, which wants the processor for itself. */
const loadAfterMs = 3_000;

export interface HostOptions {
  readonly dataDirectory: string;
  readonly resourcesDirectory: string;
  readonly shell: 'desktop' | 'browser';
  readonly version: string;
  readonly report: (error: unknown) => void;
}

/** Every service, once the database is open. */
export interface ReadyHost {
  readonly database: Database;
  readonly inventory: Inventory;
  readonly history: History;
  readonly attempts: Attempts;
  readonly proposals: Proposals;
  /** Text of a file in resources/. The name comes from our code, never from a client. */
  readResource(name: string): string;
  close(): Promise<void>;
}

export interface Damage {
  readonly problem: string;
  readonly file: string;
  readonly copies: GoodCopy[];
}

type Standing =
  | { readonly database: 'ready'; readonly host: ReadyHost }
  | { readonly database: 'damaged'; readonly error: RackhelmError; readonly damage: Damage };

/** The host as it stands: with its database open, or waiting for a damaged one to be replaced. */
export class HostState {
  readonly activities = new Activities();
  readonly report: (error: unknown) => void;
  readonly #options: HostOptions;
  #standing: Standing;
  readonly #inventoryListeners = new Set<() => void>();

  constructor(options: HostOptions) {
    this.#options = options;
    this.report = options.report;
    this.#standing = this.#open();
  }

  /** Throws DATA_DAMAGED until `recover` has put a good copy in place. */
  ready(): ReadyHost {
    if (this.#standing.database === 'damaged') throw this.#standing.error;
    return this.#standing.host;
  }

  info() {
    const { version, shell, dataDirectory } = this.#options;
    return { version, shell, dataDirectory, database: this.#standing.database };
  }

  damage(): Damage | null {
    return this.#standing.database === 'damaged' ? this.#standing.damage : null;
  }

  recover(file: string): { keptAs: string } {
    if (this.#standing.database === 'ready') {
      throw new RackhelmError('INVALID_INPUT', 'The database is in order; nothing was replaced.');
    }
    const kept = recoverDatabase(this.#options.dataDirectory, file);
    this.#standing = this.#open();
    this.#tellInventory();
    return kept;
  }

  /** What happens from now on, until the signal says that the listener left. */
  async *watch(signal: AbortSignal | undefined): AsyncGenerator<SystemEvent, void, void> {
    const queue = new EventQueue<SystemEvent>();
    const onInventory = () => queue.push({ type: 'inventory' }, 'inventory');
    this.#inventoryListeners.add(onInventory);
    const unsubscribe = this.activities.subscribe((activity) =>
      queue.push({ type: 'activity', activity }, activity.id),
    );
    queue.push({ type: 'listening' });
    try {
      yield* queue.read(signal);
    } finally {
      unsubscribe();
      this.#inventoryListeners.delete(onInventory);
    }
  }

  async close(): Promise<void> {
    if (this.#standing.database === 'ready') await this.#standing.host.close();
  }

  #tellInventory(): void {
    for (const listener of this.#inventoryListeners) listener();
  }

  #open(): Standing {
    let database: Database;
    try {
      database = openDatabase({
        dataDirectory: this.#options.dataDirectory,
        onProblem: this.report,
      });
    } catch (error) {
      if (!(error instanceof RackhelmError) || error.code !== 'DATA_DAMAGED') throw error;
      return { database: 'damaged', error, damage: error.data as unknown as Damage }; // openDatabase fills it with exactly this
    }
    database.subscribe(() => this.#tellInventory());
    return { database: 'ready', host: this.#wire(database) };
  }

  /** Every service that needs the database, wired by hand. */
  #wire(database: Database): ReadyHost {
    const { resourcesDirectory } = this.#options;
    const readResource = (name: string) =>
      readFileSync(path.join(resourcesDirectory, name), 'utf8');
    const inventory = createInventory(database);
    const proposals = createProposals(database);
    const keeping = keepUp(proposals, database, this.report);
    let pool: Promise<SshPool> | undefined;
    // ssh2 takes a while to load and nobody connects in the first second.
    const openPool = () => {
      pool ??= import('./ssh/index.ts').then(({ createSshPool }) =>
        createSshPool({ hostKeys: database.hostKeys }),
      );
      return pool;
    };
    // Not only when it is needed: an update may have replaced the files of this version by then.
    const loadLater = setTimeout(() => void openPool().catch(this.report), loadAfterMs);
    loadLater.unref();
    const attempts = createAttempts({
      inventory,
      activities: this.activities,
      report: this.report,
      readMachine: createMachineReader(openPool, readResource('facts.sh')),
    });
    const close = async () => {
      clearTimeout(loadLater);
      keeping.abort();
      try {
        if (pool !== undefined) await (await pool).close();
      } finally {
        database.close();
      }
    };
    return {
      database,
      inventory,
      history: database.history,
      attempts,
      proposals,
      readResource,
      close,
    };
  }
}
