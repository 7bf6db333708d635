import { beforeEach, describe, expect, it } from 'vitest';
import { FakeKeyStorage } from './fake-key-storage.ts';
import { fromHost, type KeyStoreAnswer, toHost } from './host-messages.ts';
import { answerKeyStore } from './key-storage.ts';
import { createRemoteKeyStore, type RemoteKeyStore } from './remote-key-store.ts';

let storage: FakeKeyStorage;
let platform: NodeJS.Platform;
let keyStore: RemoteKeyStore;
beforeEach(() => {
  storage = new FakeKeyStorage();
  platform = 'linux';
  // Both ends, with messages as they are checked on the way.
  keyStore = createRemoteKeyStore(async (message) => {
    const request = fromHost.parse(structuredClone(message));
    if (request.type !== 'key-store') throw new Error('It asked something else.');
    const outcome = await answerKeyStore(storage, platform, request);
    const answer = toHost.parse(structuredClone({ type: 'key-store', id: request.id, outcome }));
    keyStore.receive(answer as KeyStoreAnswer); // as it was built above
  });
});

const { signal } = new AbortController();

describe('the key store of the desktop shell', () => {
  it('gives back what it was given, several at once', async () => {
    expect(await keyStore.trouble(signal)).toBeNull();
    const sealed = await Promise.all(['one', 'two'].map((text) => keyStore.seal(text, signal)));
    const opened = sealed.map((text) => keyStore.open(text, signal));
    expect(await Promise.all(opened)).toEqual(['one', 'two']);
  });

  it.each(['basic_text', 'unknown'] as const)(
    'is none where Linux has no keyring (%s): the password stands in the source of Chromium',
    async (backend) => {
      storage.backend = backend;
      expect(await keyStore.trouble(signal)).toContain('no keyring');
      await expect(keyStore.seal('x', signal)).rejects.toMatchObject({
        code: 'KEY_STORE_UNAVAILABLE',
      });
      platform = 'darwin';
      expect(await keyStore.trouble(signal)).toBeNull();
    },
  );

  it('says when it cannot be used, and when it forgot', async () => {
    const sealed = await keyStore.seal('x', signal);
    storage.available = false;
    await expect(keyStore.open(sealed, signal)).rejects.toMatchObject({
      code: 'KEY_STORE_UNAVAILABLE',
    });
    storage.available = true;
    storage.password = 'of another computer';
    await expect(keyStore.open(sealed, signal)).rejects.toMatchObject({ code: 'KEY_STORE_FORGOT' });
    await expect(keyStore.open('no base64 of ours', signal)).rejects.toMatchObject({
      code: 'KEY_STORE_FORGOT',
    });
  });

  it('is waited for no longer than the caller does', async () => {
    const silent = createRemoteKeyStore(() => {});
    const left = new AbortController();
    const opening = silent.open('x', left.signal);
    left.abort();
    await expect(opening).rejects.toMatchObject({ code: 'KEY_STORE_UNAVAILABLE' });
    await expect(silent.open('x', left.signal)).rejects.toMatchObject({
      code: 'KEY_STORE_UNAVAILABLE',
    });
  });
});
