import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import {
  describeWith,
  type KeyPair,
  makeKey,
  type Sshd,
  startSshd,
  type TestClient,
  testClient,
} from './sshd/index.ts';

describeWith(['sshd'], 'connecting to a real sshd with a key', () => {
  let directory: string;
  let key: KeyPair;
  let sshd: Sshd;
  let client: TestClient;
  const never = new AbortController().signal;

  beforeAll(async () => {
    directory = mkdtempSync(path.join(os.tmpdir(), 'rackhelm-test-'));
    key = makeKey(directory, 'id');
    sshd = await startSshd({ authorized: [key.publicLine] });
  });

  afterAll(async () => {
    await sshd.stop();
    rmSync(directory, { recursive: true });
  });

  afterEach(() => client.close());

  const target = () => ({
    host: '127.0.0.1',
    port: sshd.port,
    user: sshd.user,
    identityFile: key.path,
  });

  it('asks about the unknown key once, records it, and runs commands faithfully', async () => {
    client = testClient();
    const connection = await client.pool.connect(target(), client.options());
    const result = await connection.exec('cat; echo oops >&2; exit 3', {
      signal: never,
      stdin: 'in',
    });
    expect(result.stdout.toString()).toBe('in');
    expect(result.stderr.toString()).toBe('oops\n');
    expect(result.exitCode).toBe(3);
    expect(result.signalName).toBeNull();
    expect(client.questions.map(({ kind }) => kind)).toEqual(['unknown-host-key']);
    expect(client.keys.keys).toMatchObject([
      { host: `[127.0.0.1]:${sshd.port}`, type: 'ssh-ed25519', blob: sshd.hostKeys[0]?.blob },
    ]);
    connection.release();
  });
});
