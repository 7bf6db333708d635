import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { KeyStore, SecretsStatus, SecretWay } from '../../../../shared/model/secrets.ts';
import { type SecretStore, type StoredWrapping, WriterAway } from '../../db/index.ts';
import { alreadySetUp, checkPassphrase, locked, noSuchWay, notSetUp } from './vault-errors.ts';
import {
  type Cost,
  type DataKey,
  newDataKey,
  type Opener,
  sealedIn,
  unwrap,
  wrapByKeyStore,
  wrapByPassphrase,
  wrapByRecoveryKey,
} from './wrapping.ts';

/** How the store shall open from now on. */
export type OpenBy =
  | { readonly way: 'key-store' }
  | { readonly way: 'passphrase'; readonly passphrase: string };

/** What a person gives to open it now; the key store wants nothing. */
export type UnlockWith =
  | { readonly way: 'key-store' }
  | { readonly way: 'passphrase'; readonly passphrase: string }
  | { readonly way: 'recovery'; readonly recoveryKey: string };

export interface VaultOptions {
  readonly store: SecretStore;
  /** That of this shell. */
  readonly keyStore: KeyStore;
  /** Told when it opened, was locked or changed. */
  readonly onChange?: () => void;
  readonly report: (error: unknown) => void;
  /** For tests: what scrypt costs. */
  readonly cost?: Cost | undefined;
}

/** A desktop may show a dialog of its own first. */
const keyStoreMs = 60_000;
const lookMs = 5_000;
/** A key store that failed is not asked again for each of a hundred machines. */
const patienceMs = 10_000;

/**
 * The data key: made, wrapped, held while the store is open. Nothing opens before somebody needs it.
 * What is changed is one transaction, and what a key store held before is dropped only after it.
 */
export class Vault {
  readonly #options: VaultOptions;
  #held: DataKey | null = null;
  /** A person locked it: it stays so until a person opens it. */
  #lockedOnPurpose = false;
  #trouble: { readonly error: RackhelmError; readonly at: number } | null = null;
  #opening: Promise<DataKey> | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: VaultOptions) {
    this.#options = options;
  }

  /** As it stands now, without asking anybody. Another program may have made another key. */
  state(): SecretsStatus['state'] {
    const [first] = this.#options.store.wrappings();
    if (first === undefined) return 'not-set-up';
    if (this.#held !== null && this.#held.id !== first.keyId) this.#held = null;
    return this.#held === null ? 'locked' : 'open';
  }

  ways(): SecretWay[] {
    const ways = this.#options.store.wrappings().map(({ way }) => way);
    return ways.filter((way) => way !== 'recovery');
  }

  recoveryMadeAt(): number | null {
    return this.#find('recovery')?.madeAt ?? null;
  }

  /** Why the key store did not open it. */
  get trouble(): RackhelmError | null {
    return this.#trouble?.error ?? null;
  }

  async keyStoreTrouble(): Promise<string | null> {
    return this.#options.keyStore.trouble(AbortSignal.timeout(lookMs));
  }

  /**
   * The data key; opens the store where its key store does so by itself. Throws SECRETS_NOT_SET_UP,
   * SECRETS_LOCKED, or what the key store says.
   */
  async open(): Promise<DataKey> {
    const state = this.state();
    if (state === 'not-set-up') throw notSetUp();
    if (this.#held !== null) return this.#held;
    const wrapping = this.#find(this.#options.keyStore.way);
    if (this.#lockedOnPurpose || wrapping === undefined) throw locked();
    const { at = 0, error } = this.#trouble ?? {};
    if (error !== undefined && Math.abs(Date.now() - at) < patienceMs) throw error;
    this.#opening ??= this.#openByKeyStore(wrapping).finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  setUp(by: OpenBy): Promise<void> {
    return this.#inTurn(async () => {
      if (this.state() !== 'not-set-up') throw alreadySetUp();
      const dataKey = await newDataKey();
      await this.#rewrap([], { put: [await this.#wrap(dataKey, by)] });
      this.#hold(dataKey);
    });
  }

  unlock(withWhat: UnlockWith): Promise<void> {
    return this.#inTurn(async () => {
      if (this.state() === 'not-set-up') throw notSetUp();
      this.#hold(await this.#unwrap(withWhat));
    });
  }

  lock(): void {
    this.#held = null;
    this.#lockedOnPurpose = true;
    this.#options.onChange?.();
  }

  /** At the end: nothing is told, since nobody is there any more. */
  forget(): void {
    this.#held = null;
    this.#lockedOnPurpose = true;
  }

  changePassphrase(current: string, next: string): Promise<void> {
    return this.#inTurn(async () => {
      const before = this.#options.store.wrappings();
      const dataKey = await this.#unwrap({ way: 'passphrase', passphrase: current });
      const put = [await this.#wrap(dataKey, { way: 'passphrase', passphrase: next })];
      await this.#rewrap(before, { put });
      this.#hold(dataKey);
    });
  }

  /** Passphrase instead of key store, or the other way round. The recovery key stays. */
  openBy(by: OpenBy): Promise<void> {
    return this.#inTurn(async () => this.#openFromNowOn(await this.open(), by));
  }

  /** Opens a store that came from another computer, and lets this one open it from now on. */
  moveHere(recoveryKey: string, by: OpenBy): Promise<void> {
    return this.#inTurn(async () => {
      const dataKey = await this.#unwrap({ way: 'recovery', recoveryKey });
      await this.#openFromNowOn(dataKey, by);
      this.#hold(dataKey);
    });
  }

  /** Ends the recovery key before it. The text is for the person, once. */
  makeRecoveryKey(): Promise<string> {
    return this.#inTurn(async () => {
      const before = this.#options.store.wrappings();
      const { wrapping, text } = await wrapByRecoveryKey(await this.open());
      await this.#rewrap(before, { put: [wrapping] });
      return text;
    });
  }

  /** Everything that is stored is gone, and so is the key. */
  startOver(): Promise<void> {
    return this.#inTurn(async () => {
      const before = this.#options.store.wrappings();
      await settled(() => this.#options.store.clear());
      this.#held = null;
      this.#lockedOnPurpose = false;
      this.#trouble = null;
      await this.#dropFrom(before);
      this.#options.onChange?.();
    });
  }

  async #openFromNowOn(dataKey: DataKey, by: OpenBy): Promise<void> {
    const before = this.#options.store.wrappings();
    const wrapping = await this.#wrap(dataKey, by);
    const others = this.ways().filter((way) => way !== wrapping.way);
    // What the key store of another shell holds still goes by the same idea: it opens by itself.
    const drop = by.way === 'passphrase' ? others : others.filter((way) => way === 'passphrase');
    await this.#rewrap(before, { put: [wrapping], drop });
  }

  #find(way: StoredWrapping['way']): StoredWrapping | undefined {
    return this.#options.store.wrappings().find((wrapping) => wrapping.way === way);
  }

  async #openByKeyStore(wrapping: StoredWrapping): Promise<DataKey> {
    const { keyStore } = this.#options;
    const signal = AbortSignal.timeout(keyStoreMs);
    try {
      const dataKey = await unwrap(wrapping, { way: 'key-store', keyStore, signal });
      // Somebody locked it while the desktop asked for its own password.
      if (this.#lockedOnPurpose) throw locked();
      this.#hold(dataKey);
      return dataKey;
    } catch (error) {
      if (error instanceof RackhelmError && error.code !== 'SECRETS_LOCKED')
        this.#trouble = { error, at: Date.now() };
      throw error;
    }
  }

  #unwrap(withWhat: UnlockWith): Promise<DataKey> {
    const { keyStore } = this.#options;
    const way = withWhat.way === 'key-store' ? keyStore.way : withWhat.way;
    const wrapping = this.#find(way);
    if (wrapping === undefined) throw noSuchWay(way, keyStore.name);
    const opener: Opener =
      withWhat.way === 'key-store'
        ? { way: 'key-store', keyStore, signal: AbortSignal.timeout(keyStoreMs) }
        : withWhat;
    return unwrap(wrapping, opener);
  }

  #wrap(dataKey: DataKey, by: OpenBy): Promise<StoredWrapping> {
    const { keyStore, cost } = this.#options;
    if (by.way === 'key-store')
      return wrapByKeyStore(dataKey, keyStore, AbortSignal.timeout(keyStoreMs));
    checkPassphrase(by.passphrase);
    return wrapByPassphrase(dataKey, by.passphrase, cost);
  }

  /** `before`: as they were when the work began, which took a while. */
  async #rewrap(
    before: readonly StoredWrapping[],
    { put, drop = [] }: { put: readonly StoredWrapping[]; drop?: readonly SecretWay[] },
  ): Promise<void> {
    const { store } = this.#options;
    try {
      const expected = before.map(({ id }) => id);
      await settled(() => store.rewrap({ expected, put, drop }));
    } catch (error) {
      // It may have been written all the same: what the database refers to stays in the key store.
      const kept = store.wrappings().map(({ id }) => id);
      await this.#dropFrom(put.filter(({ id }) => !kept.includes(id)));
      throw error;
    }
    const replaced = (way: string) => put.some((each) => each.way === way);
    await this.#dropFrom(
      before.filter(({ way }) => replaced(way) || drop.some((gone) => gone === way)),
    );
    this.#options.onChange?.();
  }

  /** What is left behind opens nothing any more, so that failing here is worth a line in the log. */
  async #dropFrom(wrappings: readonly StoredWrapping[]): Promise<void> {
    const { keyStore, report } = this.#options;
    for (const wrapping of wrappings.filter(({ way }) => way === keyStore.way)) {
      try {
        await keyStore.drop(sealedIn(wrapping), AbortSignal.timeout(lookMs));
      } catch (error) {
        report(error);
      }
    }
  }

  #hold(dataKey: DataKey): void {
    this.#held = dataKey;
    this.#lockedOnPurpose = false;
    this.#trouble = null;
    this.#options.onChange?.();
  }

  /** Two at once would each go by wrappings that the other one replaces. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn.catch(() => {});
    return turn;
  }
}

/** Waits while another thread writes, which lasts a moment. */
export async function settled<T>(work: () => T): Promise<T> {
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof WriterAway)) throw error;
      await error.until;
    }
  }
}
