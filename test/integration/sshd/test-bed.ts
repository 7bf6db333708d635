import { rmSync } from 'node:fs';
import { afterAll, afterEach } from 'vitest';
import type { SshPoolOptions } from '../../../electron/host/connections/ssh/index.ts';
import type { SshTarget } from '../../../shared/model/ssh.ts';
import { makeScratch } from '../scratch.ts';
import { type TestClient, testClient } from './client.ts';
import { type KeyPair, makeKey } from './keys.ts';
import { type Sshd, type SshdOptions, startSshd } from './sshd.ts';

/** What a test started, so that one call ends it all; with a key that every sshd here takes. */
export class TestBed {
  #directory: string | undefined;
  #key: KeyPair | undefined;
  readonly #cleanups: (() => unknown)[] = [];

  /** Made at its first use, as is the key: a group that is skipped needs neither. */
  get directory(): string {
    this.#directory ??= makeScratch('bed');
    return this.#directory;
  }

  get key(): KeyPair {
    this.#key ??= makeKey(this.directory, 'id');
    return this.#key;
  }

  onCleanup(cleanup: () => unknown): void {
    this.#cleanups.push(cleanup);
  }

  async sshd(options: SshdOptions = {}): Promise<Sshd> {
    const starting = startSshd({ authorized: [this.key.publicLine], ...options });
    // At once: when one of several does not start, the others have to be ended all the same.
    this.onCleanup(async () => {
      const [result] = await Promise.allSettled([starting]);
      if (result.status === 'fulfilled') await result.value.stop();
    });
    return starting;
  }

  client(options: Partial<SshPoolOptions> = {}): TestClient {
    const client = testClient(options);
    this.onCleanup(() => client.close());
    return client;
  }

  /** That sshd, with the key of this bed. */
  target(sshd: Sshd, more: Partial<SshTarget> = {}): SshTarget {
    return {
      host: '127.0.0.1',
      port: sshd.port,
      user: sshd.user,
      identityFile: this.key.path,
      ...more,
    };
  }

  /** Ends what was started since the last call, last first. */
  async cleanUp(): Promise<void> {
    const errors: unknown[] = [];
    for (let next = this.#cleanups.pop(); next; next = this.#cleanups.pop()) {
      try {
        await next();
      } catch (error) {
        // The others have to be ended all the same.
        errors.push(error);
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, 'Not everything could be ended.');
  }

  async close(): Promise<void> {
    try {
      await this.cleanUp();
    } finally {
      if (this.#directory) rmSync(this.#directory, { recursive: true, force: true });
      this.#directory = undefined;
      this.#key = undefined;
    }
  }
}

/** A test bed for the group around this call; what a test started ends with the test. */
export function useTestBed(): TestBed {
  const bed = new TestBed();
  afterEach(() => bed.cleanUp());
  afterAll(() => bed.close());
  return bed;
}
