import { expect, it } from 'vitest';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import type { SshQuestion, SshTarget } from '../../../../../shared/model/ssh.ts';
import type { ConnectOptions, SshPool } from '../../../connections/ssh/index.ts';
import { FakeMachine } from '../../../engine/machines/fake-machine.ts';
import { createKeyLogin } from './key-login.ts';

const signal = new AbortController().signal;
const machine = new FakeMachine({ name: 'pi-1' });
const password: SshQuestion = {
  kind: 'password',
  user: 'ada',
  host: 'pi-1',
  address: '10.0.0.9',
  port: 22,
  through: [],
  attempt: 1,
};

const passphrase: SshQuestion = {
  kind: 'passphrase',
  keyFile: '/keys/app',
  fingerprint: null,
  attempt: 1,
};

/** A server that lets in by key, or else asks for a password, as the pool does. */
function login(
  takes: 'key' | 'password' | 'passphrase',
  { keyFile = '/keys/app', holds }: { keyFile?: string | null; holds?: string } = {},
) {
  const seen: { target?: SshTarget; options?: ConnectOptions; released: number } = { released: 0 };
  const pool = {
    connect: async (target: SshTarget, options: ConnectOptions) => {
      Object.assign(seen, { target, options });
      const question = { password, passphrase, key: null }[takes];
      if (question && (await options.ask(question, signal)).kind === 'cancel')
        throw new RackhelmError('SSH_CANCELLED', 'The connection was cancelled.');
      return { release: () => (seen.released += 1) };
    },
    // Of a pool only this is used.
  } as unknown as SshPool;
  const tryKeyLogin = createKeyLogin({
    pool: async () => pool,
    targetOf: () => ({ host: '10.0.0.9', user: 'root' }),
    keyFileOf: async () => keyFile,
    holds: (publicKey) => publicKey === holds,
    ask: async ({ kind }) =>
      kind === 'passphrase' ? { kind: 'cancel' } : { kind: 'secret', secret: 'known' },
  });
  return { seen, tryKeyLogin };
}

it('logs in anew as this user with this key, and lets go of it', async () => {
  const { seen, tryKeyLogin } = login('key');
  const asked = { machine, user: 'ada', publicKey: 'ssh-ed25519 AAAA', signal };
  expect(await tryKeyLogin(asked)).toBe('in');
  expect(seen.target).toEqual({ host: '10.0.0.9', user: 'ada', identityFile: '/keys/app' });
  const options = { fresh: true, attended: false, onlyKey: 'ssh-ed25519 AAAA' };
  expect(seen).toMatchObject({ released: 1, options });
});

it('needs no file for a key that the pool holds', async () => {
  const { seen, tryKeyLogin } = login('key', { keyFile: null, holds: 'ssh-ed25519 AAAA' });
  const asked = { machine, user: 'ada', publicKey: 'ssh-ed25519 AAAA', signal };
  expect(await tryKeyLogin(asked)).toBe('in');
  expect(seen.target).toEqual({ host: '10.0.0.9', user: 'ada' });
  expect(seen.options).toMatchObject({ onlyKey: 'ssh-ed25519 AAAA' });
});

it('calls a key that nobody can unlock not at hand, and not refused', async () => {
  const { tryKeyLogin } = login('passphrase');
  const asked = { machine, user: 'ada', publicKey: 'ssh-ed25519 AAAA', signal };
  expect(await tryKeyLogin(asked)).toBe('no-key');
});

it('answers no password, also where it is known', async () => {
  const { tryKeyLogin } = login('password');
  const asked = { machine, user: 'ada', publicKey: null, signal };
  expect(await tryKeyLogin(asked)).toBe('refused');
});

it('says where the private part is not at hand', async () => {
  const { seen, tryKeyLogin } = login('key', { keyFile: null });
  const asked = { machine, user: 'ada', publicKey: 'ssh-ed25519 AAAA', signal };
  expect(await tryKeyLogin(asked)).toBe('no-key');
  expect(seen.target).toBeUndefined();
});
