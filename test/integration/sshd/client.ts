import { rmSync } from 'node:fs';
import type {
  Ask,
  ConnectOptions,
  SshPool,
  SshPoolOptions,
} from '../../../electron/host/connections/ssh/index.ts';
import { createSshPool } from '../../../electron/host/connections/ssh/pool.ts';
import { isErrorCode, RackhelmError } from '../../../shared/model/errors.ts';
import type { HostKeyStore, StoredHostKey } from '../../../shared/model/host-keys.ts';
import type { SshAnswer, SshQuestion } from '../../../shared/model/ssh.ts';
import { makeScratch } from '../scratch.ts';

/** For what nobody cancels. */
export const never = new AbortController().signal;

/** Keys in memory, as the inventory would keep them. */
export class MemoryHostKeys implements HostKeyStore {
  keys: StoredHostKey[] = [];

  find(host: string): readonly StoredHostKey[] {
    return this.keys.filter((key) => key.host === host);
  }

  record(key: StoredHostKey, options: { readonly replace: boolean }): void {
    // All types: a machine that was installed anew has new keys of every type.
    this.keys = this.keys.filter(
      (old) => old.host !== key.host || (!options.replace && old.blob !== key.blob),
    );
    this.keys.push(key);
  }
}

/** A pool with an empty home and nothing of this machine's own configuration. */
export interface TestClient {
  readonly pool: SshPool;
  readonly home: string;
  readonly keys: MemoryHostKeys;
  readonly questions: SshQuestion[];
  /** Answers by kind; an unknown host key is accepted unless said otherwise. */
  options(answers?: Answers, more?: Partial<ConnectOptions>): ConnectOptions;
  close(): Promise<void>;
}

export type Answers = Partial<
  Record<SshQuestion['kind'], SshAnswer | ((question: SshQuestion) => SshAnswer)>
>;

export function testClient(options: Partial<SshPoolOptions> = {}): TestClient {
  const home = makeScratch('home');
  const keys = options.hostKeys instanceof MemoryHostKeys ? options.hostKeys : new MemoryHostKeys();
  const pool = createSshPool({ hostKeys: keys, home, environment: {}, ...options });
  const questions: SshQuestion[] = [];
  return {
    pool,
    home,
    keys,
    questions,
    options: (answers = {}, more = {}) => ({
      ask: answering(answers, questions),
      signal: new AbortController().signal,
      ...more,
    }),
    async close() {
      await pool.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Gives a client of its own to the work, and closes it whatever comes of that. */
export async function withClient<T>(
  options: Partial<SshPoolOptions>,
  work: (client: TestClient) => Promise<T>,
): Promise<T> {
  const client = testClient(options);
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

function answering(answers: Answers, questions: SshQuestion[]): Ask {
  return async (question) => {
    questions.push(question);
    const answer = answers[question.kind];
    if (typeof answer === 'function') return answer(question);
    if (answer) return answer;
    if (question.kind === 'unknown-host-key') return { kind: 'host-key', accept: true };
    return { kind: 'cancel' };
  };
}

/** The typed error that a promise fails with; anything else is a failure of the test. */
export async function errorOf(promise: Promise<unknown>): Promise<RackhelmError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof RackhelmError && isErrorCode(error.code)) return error;
    throw error;
  }
  throw new Error('It did not fail.');
}
