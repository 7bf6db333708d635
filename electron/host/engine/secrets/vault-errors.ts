import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { StoredWrapping } from '../../db/index.ts';

const shortest = 8;

export function notSetUp(): RackhelmError {
  return new RackhelmError('SECRETS_NOT_SET_UP', 'The store of secrets is not set up yet.');
}

export function alreadySetUp(): RackhelmError {
  return new RackhelmError('CHANGED_SINCE', 'The store of secrets is set up already.', {
    hint: 'Unlock it, or change how it opens.',
  });
}

/** Guessing costs scrypt each time, which a short one does not survive. */
export function checkPassphrase(passphrase: string): void {
  if (passphrase.length >= shortest && passphrase.isWellFormed()) return;
  const message = `A passphrase has ${shortest} letters or more.`;
  throw new RackhelmError('INVALID_INPUT', message, {
    hint: 'Several words that nobody would guess are best.',
    data: { field: 'passphrase' },
  });
}

export function locked(): RackhelmError {
  return new RackhelmError('SECRETS_LOCKED', 'The store of secrets is locked.');
}

export function noSuchWay(way: StoredWrapping['way'], keyStore: string): RackhelmError {
  const elsewhere = `The key of this store does not lie in ${keyStore}.`;
  const what = {
    passphrase: 'The store of secrets has no passphrase.',
    recovery: 'No recovery key was made for this store of secrets.',
    keyring: elsewhere,
    'safe-storage': elsewhere,
  };
  return new RackhelmError('SECRETS_LOCKED', what[way], {
    hint: 'Open it in a way that is set up; the settings and rackhelm secrets say which.',
  });
}
