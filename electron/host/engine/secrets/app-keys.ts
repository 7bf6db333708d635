import os from 'node:os';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { type ListedKey, secretSubject } from '../../../../shared/model/secrets.ts';
import {
  fingerprints,
  type HeldKey,
  type LoginPlace,
  makeKey,
} from '../../connections/ssh/index.ts';
import type { SecretStore, StoredPlace, StoredSecret } from '../../db/index.ts';
import type { Secrets } from './secrets.ts';

/** The one in use, and the one before it until everything was moved: a server tries few keys. */
const mostKeys = 2;

/** As many as are told of each key. */
const toldLogins = 50;

/** Opens a locked store, if somebody is there who can; true: it is open now. */
type Unlock = (signal: AbortSignal) => Promise<boolean>;

/** SSH keys of Rackhelm's own. Their private halves are secrets like others, and leave this process nowhere. */
export interface AppKeys {
  /** The newest first. */
  list(): ListedKey[];
  /** The public line of the newest; null: there is none. */
  current(): string | null;
  holds(publicLine: string): boolean;
  /**
   * Makes one, or another one, which takes the place of the one before. Throws SECRETS_* where the
   * store is not open, INVALID_INPUT where the one before is still waiting to be forgotten.
   */
  make(signal?: AbortSignal): Promise<ListedKey>;
  /** The public line of the newest, which is made where there is none. */
  ensure(signal: AbortSignal): Promise<string>;
  /** For a pool of connections. */
  held(): HeldKey[];
}

export interface AppKeysOptions {
  readonly store: Pick<
    SecretStore,
    'ofKind' | 'note' | 'letIn' | 'hasLetIn' | 'logins' | 'countLogins'
  >;
  readonly secrets: Pick<Secrets, 'get' | 'put'>;
  readonly unlock?: Unlock;
  /** Default: that of this computer. */
  readonly computer?: string;
}

export function createAppKeys({ store, secrets, unlock, computer }: AppKeysOptions): AppKeys {
  let making: Promise<ListedKey> | undefined;
  const rows = () => store.ofKind('app-key');

  function listed(row: StoredSecret): ListedKey {
    const publicKey = publicLineOf(row);
    return {
      id: row.id,
      publicKey,
      sha256: fingerprints(blobOf(publicKey)).sha256,
      madeAt: row.storedAt,
      usedAt: row.workedAt,
      opens: store.countLogins(row.id),
      logins: store
        .logins(row.id, { offset: 0, limit: toldLogins })
        .map(({ through, ...place }) => ({ ...place, through: JSON.parse(through) })),
    };
  }

  /** Once more where somebody opened the store meanwhile. */
  async function unlocking<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const isLocked = error instanceof RackhelmError && error.code === 'SECRETS_LOCKED';
      if (isLocked && (await unlock?.(signal))) return work();
      throw error;
    }
  }

  async function make(signal: AbortSignal): Promise<ListedKey> {
    if (rows().length >= mostKeys) throw oneBefore();
    const { publicLine, privateText } = await makeKey(
      `rackhelm@${plain(computer ?? os.hostname())}`,
    );
    const subject = { kind: 'app-key', publicKey: publicLine } as const;
    const { id } = await unlocking(() => secrets.put(subject, privateText), signal);
    const row = rows().find((one) => one.id === id);
    if (row === undefined)
      throw new RackhelmError('CHANGED_SINCE', 'The key was forgotten meanwhile.');
    return listed(row);
  }

  function makeOnce(signal = new AbortController().signal): Promise<ListedKey> {
    making ??= make(signal).finally(() => {
      making = undefined;
    });
    return making;
  }

  const current = () => {
    const [newest] = rows();
    return newest === undefined ? null : publicLineOf(newest);
  };

  return {
    list: () => rows().map(listed),
    current,
    holds: (publicLine) => rows().some((row) => blobOf(publicLineOf(row)) === blobOf(publicLine)),
    make: makeOnce,
    ensure: async (signal) => current() ?? (await makeOnce(signal)).publicKey,
    held: () =>
      rows().map((row) => ({
        label: 'Rackhelm’s own key',
        publicLine: publicLineOf(row),
        privateText: async (signal) =>
          (await unlocking(() => secrets.get(row.id).read(), signal)).secret,
        letInBefore: (place) => store.hasLetIn(row.id, stored(place)),
        letIn(place) {
          store.letIn(row.id, stored(place), Date.now());
          store.note(row.id, { workedAt: Date.now() });
        },
      })),
  };
}

function publicLineOf({ subject }: StoredSecret): string {
  const parsed = secretSubject.parse(JSON.parse(subject));
  return parsed.kind === 'app-key' ? parsed.publicKey : '';
}

const blobOf = (publicLine: string) => publicLine.trim().split(/\s+/)[1] ?? '';

const stored = ({ through, ...place }: LoginPlace): StoredPlace => ({
  ...place,
  through: JSON.stringify(through),
});

/** A name as it may stand in a comment of a key. */
function plain(name: string): string {
  return name.replace(/[^\w.-]+/g, '-').slice(0, 64) || 'computer';
}

function oneBefore(): RackhelmError {
  const message = 'The key before this one is still kept.';
  return new RackhelmError('INVALID_INPUT', message, {
    hint: 'Forget that one first: where it is the only way in, put the new one there before.',
  });
}
