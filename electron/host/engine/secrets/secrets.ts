import { RackhelmError } from '../../../../shared/model/errors.ts';
import {
  type KeyStore,
  type ListedSecret,
  mostOf,
  type SecretSubject,
  type SecretsStatus,
  secretSubject,
  subjectText,
} from '../../../../shared/model/secrets.ts';
import { type Database, newId, type SecretStore, type StoredSecret } from '../../db/index.ts';
import { seal, unseal } from './seal.ts';
import { settled, Vault, type VaultOptions } from './vault.ts';

const lockSetting = 'secrets-lock-after';

/** A user of a device of the inventory, or of an address. */
type SudoSubject =
  | { readonly user: string; readonly deviceId: string }
  | { readonly user: string; readonly host: string; readonly port: number };

/** A secret that is stored, and how to say what came of it. */
export interface OfferedSecret {
  readonly secret: string;
  worked(): void;
  /** It is not used by itself any more, until somebody replaces it or it works again. */
  wrong(): void;
}

/** What is stored for somebody; the value is only got through `read`. */
export type KnownSecret = ListedSecret &
  Pick<OfferedSecret, 'worked' | 'wrong'> & { read(): Promise<OfferedSecret> };

/** The store of secrets. Nothing here writes a value anywhere but as ciphertext. */
export interface Secrets
  extends Pick<
    Vault,
    | 'setUp'
    | 'unlock'
    | 'lock'
    | 'changePassphrase'
    | 'openBy'
    | 'moveHere'
    | 'makeRecoveryKey'
    | 'startOver'
  > {
  /** Opens the store where its key store does so by itself. */
  status(): Promise<SecretsStatus>;
  /** Null: never by itself. Minutes since it was last used. */
  lockAfter(minutes: number | null): void;
  list(page: { offset: number; limit: number }): { rows: ListedSecret[]; total: number };
  /** Also while the store is locked: what is stored is no secret. */
  find(subject: SecretSubject): KnownSecret | null;
  get(id: string): KnownSecret;
  /** Replaces what is stored for the same. `worked`: it was seen to be right. */
  put(
    subject: SecretSubject,
    secret: string,
    options?: { worked?: boolean },
  ): Promise<{ id: string }>;
  replace(id: string, secret: string): Promise<void>;
  forget(id: string): Promise<void>;
  /**
   * The password for sudo, to be written to its stdin; null: none is stored. Throws SECRETS_LOCKED and
   * its kin where one is stored that cannot be had now.
   */
  sudoPassword(subject: SudoSubject): Promise<OfferedSecret | null>;
  /** Forgets the key, once what is being stored is stored. */
  close(): Promise<void>;
}

export interface SecretsOptions {
  readonly store: SecretStore;
  readonly settings: Pick<Database['readings'], 'setting' | 'keepSetting'>;
  readonly keyStore: KeyStore;
  readonly onChange?: () => void;
  readonly report: (error: unknown) => void;
  readonly cost?: VaultOptions['cost'] | undefined;
}

export function createSecrets(options: SecretsOptions): Secrets {
  const { store, settings, keyStore } = options;
  const vault = new Vault(options);
  let timer: NodeJS.Timeout | undefined;
  const keeping = new Set<Promise<void>>();

  function lockMinutes(): number | null {
    const minutes = Number(settings.setting(lockSetting));
    return Number.isInteger(minutes) && minutes > 0 ? minutes : null;
  }

  /** From the last use on. */
  function windUp(): void {
    clearTimeout(timer);
    const minutes = lockMinutes();
    if (minutes !== null) timer = setTimeout(() => vault.lock(), minutes * 60_000).unref();
  }

  async function opened() {
    const dataKey = await vault.open();
    windUp();
    return dataKey;
  }

  async function read(row: StoredSecret): Promise<OfferedSecret> {
    const dataKey = await opened();
    const plain =
      row.keyId === dataKey.id ? await unseal(dataKey.key, row.sealed, contextOf(row)) : null;
    if (plain === null) throw damaged();
    const secret = plain.toString('utf8');
    plain.fill(0);
    store.note(row.id, { usedAt: Date.now() });
    return { secret, ...outcomes(row) };
  }

  const outcomes = ({ id }: StoredSecret) => ({
    worked: () => store.note(id, { workedAt: Date.now() }),
    wrong: () => store.note(id, { failedAt: Date.now() }),
  });

  const known = (row: StoredSecret): KnownSecret => ({
    ...listed(row),
    ...outcomes(row),
    read: () => read(row),
  });

  function find(subject: SecretSubject): KnownSecret | null {
    const row = store.find(subjectText(subject));
    return row === undefined ? null : known(row);
  }

  function stored(id: string): StoredSecret {
    const row = store.get(id);
    if (row !== undefined) return row;
    throw new RackhelmError('NOT_FOUND', 'This secret is not stored any more.');
  }

  async function keep(
    what: Pick<StoredSecret, 'id' | 'kind' | 'subject'>,
    secret: string,
    worked: boolean,
  ): Promise<void> {
    check(secret, mostOf({ kind: secretSubject.parse(JSON.parse(what.subject)).kind }));
    const { id: keyId, key } = await opened();
    const plain = Buffer.from(secret, 'utf8');
    const row = { ...what, keyId };
    const sealed = await seal(key, plain, contextOf(row));
    plain.fill(0);
    const now = Date.now();
    const times = { storedAt: now, usedAt: null, workedAt: worked ? now : null, failedAt: null };
    await settled(() => store.put({ ...row, sealed, ...times }));
  }

  return {
    setUp: (by) => vault.setUp(by),
    unlock: (withWhat) => vault.unlock(withWhat).then(windUp),
    lock: () => vault.lock(),
    changePassphrase: (current, next) => vault.changePassphrase(current, next),
    openBy: (by) => vault.openBy(by),
    moveHere: (recoveryKey, by) => vault.moveHere(recoveryKey, by).then(windUp),
    makeRecoveryKey: () => vault.makeRecoveryKey(),
    startOver: () => vault.startOver(),
    async status() {
      if (vault.state() === 'locked') await opened().catch(() => {}); // told as `problem`
      const trouble = vault.state() === 'locked' ? vault.trouble : null;
      const why = await vault.keyStoreTrouble();
      return {
        state: vault.state(),
        ways: vault.ways(),
        keyStore: { name: keyStore.name, usable: why === null, why },
        problem: trouble && { code: trouble.code, message: trouble.message, hint: trouble.hint },
        recoveryMadeAt: vault.recoveryMadeAt(),
        stored: store.count(),
        lockAfterMinutes: lockMinutes(),
      };
    },
    lockAfter(minutes) {
      settings.keepSetting(lockSetting, JSON.stringify(minutes));
      windUp();
    },
    list: (page) => ({ rows: store.list(page).map(listed), total: store.count() }),
    find,
    get: (id) => known(stored(id)),
    async put(subject, secret, { worked = false } = {}) {
      const text = subjectText(subject);
      const id = store.find(text)?.id ?? newId();
      const kept = keep({ id, kind: subject.kind, subject: text }, secret, worked);
      keeping.add(kept);
      await kept.finally(() => keeping.delete(kept));
      return { id };
    },
    async replace(id, secret) {
      const row = stored(id);
      if (row.kind === 'app-key') throw madeHere();
      await keep(row, secret, false);
    },
    async forget(id) {
      if (!(await settled(() => store.delete(id)))) stored(id);
    },
    sudoPassword: async (subject) =>
      (await find({ kind: 'sudo-password', ...subject })?.read()) ?? null,
    async close() {
      await Promise.allSettled(keeping);
      clearTimeout(timer);
      vault.forget();
    },
  };
}

/** Of whom a ciphertext is: it opens in no other row, and not where the row was written over. */
function contextOf({
  id,
  kind,
  subject,
  keyId,
}: Pick<StoredSecret, 'id' | 'kind' | 'subject' | 'keyId'>): string {
  return JSON.stringify(['rackhelm secret', 1, keyId, id, kind, subject]);
}

function listed({ id, subject, storedAt, usedAt, workedAt, failedAt }: StoredSecret): ListedSecret {
  const parsed = secretSubject.parse(JSON.parse(subject));
  return { id, subject: parsed, storedAt, usedAt, workedAt, failedAt };
}

function check(secret: string, most: number): void {
  const fault =
    secret === ''
      ? 'An empty secret is none.'
      : secret.length > most
        ? `A secret has ${most} letters at the most.`
        : secret.isWellFormed()
          ? null
          : 'This secret holds half a letter, which nobody can type.';
  if (fault !== null)
    throw new RackhelmError('INVALID_INPUT', fault, { data: { field: 'secret' } });
}

function madeHere(): RackhelmError {
  return new RackhelmError('INVALID_INPUT', 'A key of Rackhelm’s own is made, and not typed.', {
    hint: 'Make a new one.',
  });
}

function damaged(): RackhelmError {
  const message =
    'This secret is not as it was written: it was changed in the file, or the file is damaged.';
  return new RackhelmError('SECRETS_DAMAGED', message);
}
