import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { SshPoolOptions } from '../../../electron/host/ssh/index.ts';
import type { SshTarget } from '../../../shared/model/ssh.ts';
import { type TestClient, testClient } from './client.ts';
import { type KeyPair, makeKey } from './keys.ts';
import { type Sshd, type SshdOptions, startSshd } from './sshd.ts';

/** What a test started, so that one call ends it all; with a key that every sshd here takes. */
export class TestBed {
  readonly directory = mkdtempSync(path.join(os.tmpdir(), 'rackhelm-test-'));
  readonly key: KeyPair = makeKey(this.directory, 'id');
  readonly #cleanups: (() => unknown)[] = [];

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
    await this.cleanUp();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
