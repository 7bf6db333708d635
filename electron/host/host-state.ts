import { existsSync } from 'node:fs';
import type { SystemEvent } from '../../shared/contract/system.ts';
import { RackhelmError } from '../../shared/model/errors.ts';
import type { KeyStore } from '../../shared/model/secrets.ts';
import {
  type Damage,
  damageFound,
  damageStanding,
  foundIsWhole,
  type Standing,
} from './database-standing.ts';
import { type Database, openDatabase, recoverDatabase } from './db/index.ts';
import type { JobNews } from './engine/jobs/index.ts';
import { EventQueue } from './event-queue.ts';
import { KeptPlace } from './kept-place.ts';
import { createReadyHost, type ReadyHost } from './ready-host.ts';

/** A window reads what it shows again at each news of the inventory; so often at most. */
const togetherMs = 120;

export interface HostOptions {
  readonly dataDirectory: string;
  readonly resourcesDirectory: string;
  readonly shell: 'desktop' | 'browser';
  readonly version: string;
  /** Default: the keyring of the operating system. */
  readonly keyStore?: KeyStore;
  readonly report: (error: unknown) => void;
  /** Claims the data directory again after it was deleted and made anew. */
  readonly renewLock?: () => void;
}

/** How often the file below the open database is looked at, in milliseconds. */
const lookMs = 2_000;

/** The host as it stands: with its database open, or waiting for a damaged one to be replaced. */
export class HostState {
  readonly report: (error: unknown) => void;
  readonly place: KeptPlace;
  readonly #options: HostOptions;
  #standing: Standing<ReadyHost>;
  readonly #inventoryListeners = new Set<() => void>();
  readonly #databaseListeners = new Set<() => void>();
  readonly #jobListeners = new Set<(news: JobNews) => void>();
  readonly #looking: NodeJS.Timeout;
  /** When the file was first found overwritten; UTC milliseconds. */
  #suspectedAt: number | undefined;
  #quiet: NodeJS.Timeout | undefined;
  #more = false;

  constructor(options: HostOptions) {
    this.#options = options;
    this.report = options.report;
    this.place = new KeptPlace(options.dataDirectory, options.report);
    this.#standing = this.#open();
    this.#looking = setInterval(() => this.#look(), lookMs).unref();
  }

  /** Throws DATA_DAMAGED until `recover` has put a good copy in place. */
  ready(): ReadyHost {
    if (this.#standing.database === 'damaged') throw this.#standing.error;
    return this.#standing.host;
  }

  info() {
    const { version, shell, dataDirectory } = this.#options;
    const { address: place } = this.place;
    return { version, shell, dataDirectory, database: this.#standing.database, place };
  }

  damage(): Damage | null {
    return this.#standing.database === 'damaged' ? this.#standing.damage : null;
  }

  displacement() {
    if (this.#standing.database !== 'displaced') return null;
    return { file: this.#standing.host.database.file, what: this.#standing.what };
  }

  recover(file: string): { keptAs: string } {
    if (this.#standing.database !== 'damaged') {
      throw new RackhelmError('INVALID_INPUT', 'The database is in order; nothing was replaced.');
    }
    const kept = recoverDatabase(this.#options.dataDirectory, file);
    this.#stand(this.#open());
    return kept;
  }

  /** Writes what is held to the old place of a displaced database. Throws DATA_DISK_FULL and such. */
  putBack(): { keptAs: string | null } {
    const { host } = this.#displaced();
    const kept = host.database.putBack();
    this.#options.renewLock?.();
    this.#exchange(host);
    return kept;
  }

  /** Opens what lies in the place of a displaced database. Throws DATA_DAMAGED when it is not whole. */
  takeFound(): Record<string, never> {
    const { host } = this.#displaced();
    // First, since it takes our log away, which does not belong to what lies there.
    host.database.rescue();
    foundIsWhole(host.database.file);
    host.database.discard();
    this.#exchange(host);
    return {};
  }

  /**
   * Told of every failure that reaches a window: damage met while running ends all use of the file,
   * so that nothing gets worse. Returns what to tell instead.
   */
  noteFault(error: unknown): unknown {
    this.#look();
    if (this.#standing.database !== 'ready') return error;
    const { host } = this.#standing;
    const damaged = damageFound(error, host.database.file, this.#options.dataDirectory);
    if (damaged === undefined) return error;
    this.report(error);
    host.database.discard();
    this.#end(host);
    this.#stand(damaged);
    return damaged.error;
  }

  /** What happens from now on, until the signal says that the listener left. */
  async *watch(signal: AbortSignal | undefined): AsyncGenerator<SystemEvent, void, void> {
    const queue = new EventQueue<SystemEvent>();
    const onInventory = () => queue.push({ type: 'inventory' }, 'inventory');
    const onDatabase = () => queue.push({ type: 'database' }, 'database');
    this.#inventoryListeners.add(onInventory);
    this.#databaseListeners.add(onDatabase);
    const onJob = (news: JobNews) =>
      queue.push(news, news.type === 'job' ? `job ${news.job.id}` : news.type);
    this.#jobListeners.add(onJob);
    queue.push({ type: 'listening' });
    try {
      yield* queue.read(signal);
    } finally {
      this.#inventoryListeners.delete(onInventory);
      this.#databaseListeners.delete(onDatabase);
      this.#jobListeners.delete(onJob);
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#looking);
    if (this.#standing.database !== 'damaged') await this.#standing.host.close();
  }

  /** Whether the file below still lies where it was opened; it may have come back, too. */
  #look(): void {
    if (this.#standing.database === 'damaged') return;
    const { host, database } = this.#standing;
    const what = host.database.displacement();
    if (what === 'overwritten') {
      this.#lookAgain(host);
      return;
    }
    this.#suspectedAt = undefined;
    if (what === undefined && database === 'displaced') this.#stand({ database: 'ready', host });
    if (what !== undefined && database === 'ready') {
      this.#stand({ database: 'displaced', host, what });
      this.#rescue(host.database);
    }
  }

  /** Another Rackhelm that writes just now looks alike for a moment. */
  #lookAgain(host: ReadyHost): void {
    this.#suspectedAt ??= Date.now();
    if (Date.now() - this.#suspectedAt < lookMs / 2) return;
    this.#suspectedAt = undefined;
    const problem = 'another program wrote over it while Rackhelm ran';
    try {
      host.database.abandon();
    } catch (error) {
      this.report(error);
    }
    this.#end(host);
    this.#stand(damageStanding(problem, host.database.file, this.#options.dataDirectory));
  }

  /** Not where the whole directory went: it went with everything, and may come back. */
  #rescue(database: Database): void {
    if (!existsSync(this.#options.dataDirectory)) return;
    try {
      database.rescue();
    } catch (error) {
      this.report(error);
    }
  }

  #displaced() {
    if (this.#standing.database === 'displaced') return this.#standing;
    throw new RackhelmError('INVALID_INPUT', 'The database lies in its place; nothing was done.');
  }

  /** From a host whose database is closed to one with what lies in its place now. */
  #exchange(host: ReadyHost): void {
    this.#end(host);
    this.#stand(this.#open());
  }

  #end(host: ReadyHost): void {
    void host.close().catch(this.report);
  }

  #stand(standing: Standing<ReadyHost>): void {
    this.#standing = standing;
    for (const listener of this.#databaseListeners) listener();
    for (const listener of this.#jobListeners) listener({ type: 'jobs' });
    this.#tellInventory();
  }

  /** The first at once, those that follow closely together: many devices may be read in a second. */
  #tellInventory(): void {
    if (this.#quiet !== undefined) {
      this.#more = true;
      return;
    }
    for (const listener of this.#inventoryListeners) listener();
    this.#quiet = setTimeout(() => {
      this.#quiet = undefined;
      if (this.#more) this.#tellInventory();
    }, togetherMs).unref();
    this.#more = false;
  }

  #open(): Standing<ReadyHost> {
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
    const { report } = this;
    const host = createReadyHost(database, {
      ...this.#options,
      report,
      onSecrets: () => this.#tellInventory(),
    });
    host.jobs.subscribe((news) => {
      for (const listener of this.#jobListeners) listener(news);
    });
    return { database: 'ready', host };
  }
}
