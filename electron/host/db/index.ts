import type { ChangeSet } from '../../../shared/model/history.ts';
import type { HostKeyStore } from '../../../shared/model/host-keys.ts';
import { type Blobs, createBlobs } from './blobs.ts';
import { createChangeLog } from './change-log.ts';
import { type CheckStore, createCheckStore } from './checks.ts';
import { type ClusterContextStore, createClusterContextStore } from './cluster-contexts.ts';
import { createConnection } from './connection.ts';
import { type ContainerEngineStore, createContainerEngineStore } from './container-engines.ts';
import { takeCopy } from './copies.ts';
import { keepDailyCopy } from './daily-copy.ts';
import { databaseFile } from './data-directory.ts';
import type { CountDifferences } from './derived.ts';
import { setFoundAside } from './found.ts';
import { createGpuSampleStore, type GpuSampleStore } from './gpu-samples.ts';
import { createHistory, type History } from './history.ts';
import { createHostKeyStore } from './host-keys.ts';
import { createInverseApplier } from './inverse.ts';
import { createJobStore, type JobStore } from './jobs/index.ts';
import { createOnboardingDraftStore, type OnboardingDraftStore } from './onboarding-drafts.ts';
import { openBeside, openSqlite } from './open.ts';
import { packIfGrown } from './pack.ts';
import { type Displacement, movedError } from './place.ts';
import type { See } from './proposal-state.ts';
import { putBack } from './put-back.ts';
import { createReadingStore, type ReadingStore } from './readings.ts';
import { createRepositories, type Repositories } from './repositories/index.ts';
import { createScheduleStore, type ScheduleStore } from './schedules.ts';
import { historyTables } from './schema.ts';
import { createSecretStore, type SecretStore } from './secrets.ts';

export { networkOf, parseAddress, parseMac, parsePrefix } from './address.ts';
export type { IncomingBlob } from './blobs.ts';
export type { CheckStore, NamedCheck, PastResult } from './checks.ts';
export type { ClusterContextStore, StoredContext } from './cluster-contexts.ts';
export type { StoredEngine } from './container-engines.ts';
export { checkCopy } from './copies.ts';
export { hasDatabase } from './data-directory.ts';
export type { History } from './history.ts';
export { newId } from './ids.ts';
export {
  becomeRunner,
  isRunning,
  type JobChange,
  type JobQuery,
  type Journal,
  type NewJob,
  openJournal,
  type Runner,
  type StepChange,
  type StoredJob,
  type StoredLine,
  type StoredStep,
} from './jobs/index.ts';
export { lockDataDirectory } from './lock.ts';
export { loginName } from './login-name.ts';
export type { ListedDraft, OnboardingDraftStore, StoredDraft } from './onboarding-drafts.ts';
export { damagedError } from './open.ts';
export type { Displacement } from './place.ts';
export type { See, SeenThing } from './proposal-state.ts';
export type { ReadableDevice, ReadingScope } from './readings.ts';
export { recoverDatabase } from './recover.ts';
export { valuesBefore } from './repositories/exchange-rows.ts';
export type {
  AnnotationRow,
  BareRow,
  Carrier,
  IdentityKey,
  KnownKey,
  ListedProposal,
  NamedDevice,
  NamedPoint,
  Observed,
  PlacedDevice,
  Repositories,
  RowBefore,
  SeenBy,
  ToldLink,
} from './repositories/index.ts';
export {
  type ImportedRow,
  importTables,
} from './repositories/index.ts';
export { fieldsKeptIn } from './repositories/record-columns.ts';
export type { StoredSchedule, Timing } from './schedules.ts';
export type { SecretStore, StoredPlace, StoredSecret, StoredWrapping } from './secrets.ts';
export { constraintOf, dataError, isDamage } from './sqlite-errors.ts';
export { WriterAway } from './writer-away.ts';

export interface ChangeOptions {
  /** One line in the past tense of the person's action: `Renamed pi-1`. */
  readonly title: string;
  readonly source: ChangeSet['source'];
}

/** A change set while it is being written. */
export interface OpenChangeSet {
  /** Where only the work shows what it was about. */
  rename(title: string): void;
  /** Runs a part of the work; where it throws, what it wrote is taken back, and only that. */
  part<T>(work: () => T): T;
}

export interface Database {
  readonly file: string;
  readonly history: History;
  readonly hostKeys: HostKeyStore;
  readonly readings: ReadingStore;
  readonly onboardingDrafts: OnboardingDraftStore;
  readonly secrets: SecretStore;
  readonly checks: CheckStore;
  /** What was done to machines; written by `openJournal` alone. */
  readonly jobs: JobStore;
  readonly schedules: ScheduleStore;
  /** How clusters are reached. */
  readonly clusterContexts: ClusterContextStore;
  /** How container engines are reached. */
  readonly containerEngines: ContainerEngineStore;
  readonly gpuSamples: GpuSampleStore;
  /** Contents of attachments. */
  readonly blobs: Blobs;
  /** Reads, and writes that only work inside `change`. */
  readonly tables: Repositories;
  /**
   * Runs `work` in one transaction as one change set; a nested call is an error. A change set that
   * changed nothing is kept out of the history; its id is returned all the same.
   */
  change<T>(
    options: ChangeOptions,
    work: (changeSet: OpenChangeSet) => T,
  ): { result: T; changeSetId: string };
  /** Until this work of another thread has ended, changes here throw WriterAway. */
  lend<T>(work: Promise<T>): Promise<T>;
  /** When no other thread writes. */
  free(): Promise<void>;
  /** For another thread that shall open the same file; see OpenOptions. */
  readonly identity: string;
  /** Called after each commit here and, within about a second, after another program's. */
  subscribe(listener: () => void): () => void;
  /** Called within about a second after the journal of jobs was written, here or by another program. */
  subscribeJobs(listener: () => void): () => void;
  /** Tells how to count a device's differences; what waited for that is counted at once. */
  countDifferencesWith(count: CountDifferences): void;
  /** Tells what to look for in a device's newest facts; each change set then does it for what it touched. */
  seeWith(see: See): void;
  /** Devices whose facts were not looked through yet; `lookAtSome` does so for a few of them. */
  readonly unseen: { count(): number; lookAtSome(options: { readonly quiet: boolean }): void };
  /**
   * What happened to the file below, as of now: then every change throws DATA_MOVED, and what is
   * read is what was saved before; not so when it was overwritten, where reads may find anything.
   */
  displacement(): Displacement | undefined;
  /** Keeps what is open here as an automatic copy, before somebody decides; once is enough. */
  rescue(): void;
  /** Writes what is open here to the old place and closes; `keptAs` is what lay there, if anything. */
  putBack(): { keptAs: string | null };
  /**
   * Closes a database that was overwritten in place, without writing over what lies there now; that
   * becomes one of the automatic copies where it is whole.
   */
  abandon(): void;
  /** Closes at once and copies nothing: for a database that is damaged or was rescued. */
  discard(): void;
  /** Checkpoints, takes the daily copy when it is due, and closes. Safe to call twice. */
  close(): void;
}

export interface OpenOptions {
  readonly dataDirectory: string;
  /** Told when an automatic copy or the tidying at the end failed; the inventory is not in danger. */
  readonly onProblem?: (error: unknown) => void;
  /**
   * `identity` of the same database in another thread of this process: nothing is checked, migrated
   * or copied then. Throws DATA_MOVED where another file lies there by now.
   */
  readonly beside?: string;
}

/**
 * Opens the inventory in a data directory, which is made when it is missing.
 * Throws RackhelmError with a DATA_* code; see open.ts.
 */
export function openDatabase(options: OpenOptions): Database {
  const { dataDirectory, beside, onProblem = () => {} } = options;
  const sqlite = beside === undefined ? openSqlite(dataDirectory) : openBeside(dataDirectory);
  const file = databaseFile(dataDirectory);
  const connection = createConnection(sqlite, { file, directory: dataDirectory, onProblem });
  if (beside !== undefined && connection.place.identity !== beside) {
    sqlite.close();
    throw movedError(file, 'replaced');
  }
  const tables = historyTables(sqlite);
  const log = createChangeLog(sqlite, tables);
  const inverse = createInverseApplier(sqlite, { tables, log });
  const copies =
    beside === undefined ? keepDailyCopy({ file, dataDirectory, onProblem }) : undefined;
  const stop = () => {
    connection.stop();
    copies?.stop();
  };
  const end = () => {
    stop();
    sqlite.close();
  };
  /** What a person decides and history does not keep. */
  const decided = {
    eventually: connection.eventually,
    write: (work: () => void) => {
      connection.pen.check();
      connection.transaction(work);
    },
  };
  let rescued = false;
  const writeOut = () => putBack({ sqlite, place: connection.place, dataDirectory, close: end });
  return {
    file,
    history: createHistory(sqlite, log, {
      inverse,
      write: connection.write,
      tables,
      eventually: connection.eventually,
    }),
    hostKeys: createHostKeyStore(sqlite, connection.eventually),
    readings: createReadingStore(sqlite, connection.eventually),
    onboardingDrafts: createOnboardingDraftStore(sqlite, connection.eventually),
    secrets: createSecretStore(sqlite, connection),
    checks: createCheckStore(sqlite, connection.eventually),
    jobs: createJobStore(sqlite),
    schedules: createScheduleStore(sqlite, connection.eventually),
    clusterContexts: createClusterContextStore(sqlite, decided),
    containerEngines: createContainerEngineStore(sqlite, decided),
    gpuSamples: createGpuSampleStore(sqlite, decided),
    blobs: createBlobs(dataDirectory),
    tables: createRepositories(sqlite, { log, beforeSearch: connection.settle }),
    change: ({ title, source }, work) =>
      connection.write(
        () => ({ title, source, undoes: null }),
        (setSeq) =>
          work({
            rename: (text) => connection.rename(setSeq, text),
            // Inside a transaction this is a savepoint.
            part: (some) => sqlite.transaction(some)(),
          }),
      ),
    lend: connection.pen.lend,
    free: connection.pen.free,
    identity: connection.place.identity,
    subscribe: connection.subscribe,
    subscribeJobs: connection.subscribeJobs,
    countDifferencesWith(count) {
      connection.derived.countWith(count);
      if (connection.derived.isStale()) connection.transaction(connection.derived.settle);
    },
    seeWith: connection.proposals.seeWith,
    unseen: {
      // Looked for when the other thread has ended, which is told as any change.
      count: () => (connection.pen.isAway() ? 0 : connection.proposals.pending()),
      lookAtSome: (options) => connection.transaction(connection.proposals.lookAtSome, options),
    },
    displacement: () => (sqlite.open ? connection.place.look() : undefined),
    rescue() {
      if (rescued) return;
      takeCopy(sqlite, dataDirectory, 'displaced');
      rescued = true;
      if (connection.place.look() === 'replaced') connection.place.removeLog();
    },
    putBack: writeOut,
    discard: () => {
      if (sqlite.open) end();
    },
    abandon: () => setFoundAside({ sqlite, place: connection.place, dataDirectory, close: end }),
    close() {
      if (!sqlite.open) return;
      try {
        stop();
        const what = beside === undefined ? connection.place.look() : undefined;
        // Nobody decided: nothing that was saved may be lost with the last handle to it.
        if (what === 'missing') return void writeOut();
        if (what === 'overwritten') return this.abandon();
        if (what === 'replaced') return this.rescue();
        if (copies === undefined) return;
        copies.takeIfDue(sqlite);
        // It may write, and so fail: on a full disk, say. Nothing is lost when it does.
        sqlite.pragma('optimize');
        packIfGrown(sqlite);
      } catch (error) {
        onProblem(error);
      } finally {
        if (sqlite.open) sqlite.close();
      }
    },
  };
}
