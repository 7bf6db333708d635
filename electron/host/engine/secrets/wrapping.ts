import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { KeyStore } from '../../../../shared/model/secrets.ts';
import { newId, type StoredWrapping } from '../../db/index.ts';
import { keyOfPassphrase, newScryptParameters, scryptParameters, usualCost } from './passphrase.ts';
import { keyOfRecovery, newRecoveryKey, readRecoveryKey } from './recovery-key.ts';
import { type CryptoKey, exportKey, importKey, seal, unseal } from './seal.ts';

/** The key that all secrets are encrypted with, while the store is open. */
export interface DataKey {
  readonly id: string;
  readonly key: CryptoKey;
}

/** What turns a wrapping back into the data key. */
export type Opener =
  | { readonly way: 'passphrase'; readonly passphrase: string }
  | { readonly way: 'recovery'; readonly recoveryKey: string }
  | { readonly way: 'key-store'; readonly keyStore: KeyStore; readonly signal: AbortSignal };

export async function newDataKey(): Promise<DataKey> {
  return { id: newId(), key: await importKey(randomBytes(32), true) };
}

export type Cost = typeof usualCost;

export async function wrapByPassphrase(
  dataKey: DataKey,
  passphrase: string,
  cost: Cost = usualCost,
): Promise<StoredWrapping> {
  const parameters = newScryptParameters(cost);
  const wrappingKey = await keyOfPassphrase(passphrase, parameters);
  return wrap(dataKey, { way: 'passphrase', parameters, wrappingKey });
}

/** The text goes to a person once and is kept nowhere. */
export async function wrapByRecoveryKey(
  dataKey: DataKey,
): Promise<{ wrapping: StoredWrapping; text: string }> {
  const text = newRecoveryKey();
  const salt = randomBytes(16);
  const wrappingKey = await keyOfRecovery(recoveryBytes(text), salt);
  const parameters = { kdf: 'hkdf-sha256', salt: salt.toString('base64') };
  return { wrapping: await wrap(dataKey, { way: 'recovery', parameters, wrappingKey }), text };
}

/** The key store holds the wrapping key; it is asked for it once more before anybody relies on it. */
export async function wrapByKeyStore(
  dataKey: DataKey,
  keyStore: KeyStore,
  signal: AbortSignal,
): Promise<StoredWrapping> {
  const bytes = randomBytes(32);
  const text = bytes.toString('base64');
  const sealed = await keyStore.seal(text, signal);
  if ((await keyStore.open(sealed, signal)) !== text) {
    const message = `${keyStore.name} did not give back what it was given.`;
    throw new RackhelmError('KEY_STORE_UNAVAILABLE', message);
  }
  const wrappingKey = await importKey(bytes);
  return wrap(dataKey, { way: keyStore.way, parameters: { sealed }, wrappingKey });
}

interface Wrapping {
  readonly way: StoredWrapping['way'];
  readonly parameters: Record<string, unknown>;
  readonly wrappingKey: CryptoKey;
}

async function wrap(
  { id: keyId, key }: DataKey,
  { way, parameters, wrappingKey }: Wrapping,
): Promise<StoredWrapping> {
  const row = { id: newId(), keyId, way, parameters: JSON.stringify(parameters) };
  const raw = await exportKey(key);
  const wrapped = await seal(wrappingKey, raw, contextOf(row));
  raw.fill(0);
  return { ...row, wrapped, checksum: checksumOf({ ...row, wrapped }), madeAt: Date.now() };
}

type Named = Pick<StoredWrapping, 'id' | 'keyId' | 'way' | 'parameters'>;

function contextOf({ id, keyId, way, parameters }: Named): string {
  return JSON.stringify(['rackhelm data key', 1, keyId, id, way, parameters]);
}

function checksumOf(row: Named & Pick<StoredWrapping, 'wrapped'>): Buffer {
  return createHash('sha256').update(contextOf(row)).update(row.wrapped).digest();
}

/**
 * Throws SECRETS_DAMAGED where the row is not as it was written, SECRETS_*_WRONG for a wrong
 * passphrase or recovery key, KEY_STORE_* for what the key store says.
 */
export async function unwrap(wrapping: StoredWrapping, opener: Opener): Promise<DataKey> {
  if (!checksumOf(wrapping).equals(wrapping.checksum)) throw damaged();
  const wrappingKey = await wrappingKeyOf(wrapping, opener);
  const raw = await unseal(wrappingKey, wrapping.wrapped, contextOf(wrapping));
  if (raw === null || raw.length !== 32) throw refused(opener);
  return { id: wrapping.keyId, key: await importKey(raw, true) };
}

async function wrappingKeyOf(wrapping: StoredWrapping, opener: Opener): Promise<CryptoKey> {
  const parameters: unknown = JSON.parse(wrapping.parameters);
  switch (opener.way) {
    case 'passphrase': {
      const known = scryptParameters.safeParse(parameters);
      if (!known.success) throw damaged();
      return keyOfPassphrase(opener.passphrase, known.data);
    }
    case 'recovery': {
      const known = hkdfParameters.safeParse(parameters);
      if (!known.success) throw damaged();
      const salt = Buffer.from(known.data.salt, 'base64');
      return keyOfRecovery(recoveryBytes(opener.recoveryKey), salt);
    }
    case 'key-store': {
      const bytes = Buffer.from(
        await opener.keyStore.open(sealedIn(wrapping), opener.signal),
        'base64',
      );
      if (bytes.length !== 32) throw refused(opener);
      return importKey(bytes);
    }
  }
}

const hkdfParameters = z.object({ kdf: z.literal('hkdf-sha256'), salt: z.string().max(100) });
const keyStoreParameters = z.object({ sealed: z.string().max(10_000) });

/** What a key store wants in order to find its part again. */
export function sealedIn({ parameters }: StoredWrapping): string {
  const known = keyStoreParameters.safeParse(JSON.parse(parameters));
  if (!known.success) throw damaged();
  return known.data.sealed;
}

function recoveryBytes(text: string): Buffer {
  const bytes = readRecoveryKey(text);
  if (bytes !== null) return bytes;
  const message = 'That is no recovery key as Rackhelm prints it: a letter is wrong or missing.';
  throw new RackhelmError('SECRETS_RECOVERY_WRONG', message);
}

function refused({ way }: Opener): RackhelmError {
  switch (way) {
    case 'passphrase':
      return new RackhelmError(
        'SECRETS_PASSPHRASE_WRONG',
        'That passphrase does not open the store.',
      );
    case 'recovery':
      return new RackhelmError(
        'SECRETS_RECOVERY_WRONG',
        'That recovery key belongs to another store.',
        {
          hint: 'Look for the sheet that was printed last; each new key ends the one before.',
        },
      );
    case 'key-store':
      return new RackhelmError(
        'KEY_STORE_FORGOT',
        'The key store gave a key that does not open the store of secrets.',
      );
  }
}

function damaged(): RackhelmError {
  const message = 'The key of the store of secrets is not as it was written.';
  return new RackhelmError('SECRETS_DAMAGED', message, {
    hint: 'Open the store in another way that is set up, or restore a copy of the data directory.',
  });
}
