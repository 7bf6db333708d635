import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { explainNoShell } from '../../electron/host/connections/ssh/index.ts';
import {
  type Account,
  describeWith,
  errorOf,
  makeAccount,
  makeKey,
  never,
  type Sshd,
  TestBed,
  useTestBed,
} from './sshd/index.ts';

describeWith(['sshd'], 'commands on a real sshd', () => {
  const bed = new TestBed();
  let sshd: Sshd;

  beforeAll(async () => {
    sshd = await bed.sshd({ config: [`Banner ${bed.directory}/banner`] });
    writeFileSync(path.join(bed.directory, 'banner'), 'Keep out!\n'.repeat(50));
  });
  afterAll(() => bed.close());

  const connect = async () => {
    const client = bed.client();
    return { client, connection: await client.pool.connect(bed.target(sshd), client.options()) };
  };

  it('asks about the unknown key once, records it, and runs commands faithfully', async () => {
    const { client, connection } = await connect();
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
  });

  it('tells each step in order', async () => {
    const client = bed.client();
    const steps: string[] = [];
    const onStep = (step: string) => steps.push(step);
    await client.pool.connect(bed.target(sshd), client.options({}, { onStep }));
    expect(steps).toEqual(['resolve', 'connect', 'host-key', 'authenticate']);
  });

  it('has no terminal, and sees the end of stdin', async () => {
    const { connection } = await connect();
    const result = await connection.exec('tty; cat; echo end', { signal: never });
    expect(result.stdout.toString()).toBe('not a tty\nend\n');
  });

  it('carries bytes that are not UTF-8, both ways and more than a window holds', async () => {
    const { connection } = await connect();
    const bytes = Buffer.alloc(5 * 1024 * 1024, Buffer.from([0, 255, 128, 10, 13]));
    const result = await connection.exec('cat', { signal: never, stdin: bytes });
    expect(result.stdout.equals(bytes)).toBe(true);
  });

  it('gets along with a command that does not read its stdin', async () => {
    const { connection } = await connect();
    const stdin = Buffer.alloc(4 * 1024 * 1024);
    const result = await connection.exec('exec <&-; echo done', { signal: never, stdin });
    expect(result.stdout.toString()).toBe('done\n');
    expect(result.exitCode).toBe(0);
  });

  it('gets the whole output of a command that leaves something running', async () => {
    const { connection } = await connect();
    const result = await connection.exec('sleep 3 >/dev/null 2>&1 </dev/null & echo started', {
      signal: never,
      timeoutMs: 2500,
    });
    expect(result.stdout.toString()).toBe('started\n');
  });

  it('tells which signal ended a command', async () => {
    const { connection } = await connect();
    const result = await connection.exec('kill -TERM $$', { signal: never });
    expect(result).toMatchObject({ exitCode: null, signalName: 'SIGTERM' });
  });

  it('ends endless output promptly, in bounded memory, and what printed it', async () => {
    const { connection } = await connect();
    const started = performance.now();
    const before = process.memoryUsage().rss;
    const mark = `rhtest-endless-${process.pid}`;
    const error = await errorOf(
      connection.exec(`sh -c 'while :; do echo ${mark}; done'`, {
        signal: never,
        maxOutputBytes: 1024 * 1024,
      }),
    );
    expect(error.code).toBe('SSH_OUTPUT_TOO_LARGE');
    expect(performance.now() - started).toBeLessThan(5000);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
    await vi.waitFor(async () => {
      const left = await connection.exec(`pgrep -f '[w]hile.*${mark}'`, { signal: never });
      expect(left.stdout.toString()).toBe('');
    });
  });

  it('cancels a command at once and keeps the connection', async () => {
    const { connection } = await connect();
    const abort = new AbortController();
    const command = `sleep 20.${process.pid}`;
    const running = errorOf(connection.exec(command, { signal: abort.signal, timeoutMs: 60_000 }));
    await vi.waitFor(() => execFileSync('pgrep', ['-f', command]), { timeout: 5000 });
    const started = performance.now();
    abort.abort();
    expect((await running).code).toBe('SSH_CANCELLED');
    expect(performance.now() - started).toBeLessThan(1000);
    expect((await connection.exec('echo still', { signal: never })).exitCode).toBe(0);
  });

  it('ends a command that takes too long with SSH_TIMEOUT, and goes on afterwards', async () => {
    const { connection } = await connect();
    const error = await errorOf(connection.exec('sleep 30', { signal: never, timeoutMs: 400 }));
    expect(error.code).toBe('SSH_TIMEOUT');
    expect((await connection.exec('echo still', { signal: never })).stdout.toString()).toBe(
      'still\n',
    );
  });

  it('refuses a command that was cancelled before it began', async () => {
    const { connection } = await connect();
    const error = await errorOf(connection.exec('true', { signal: AbortSignal.abort() }));
    expect(error.code).toBe('SSH_CANCELLED');
  });
});

describeWith(['sshd', 'root'], 'accounts with odd shells on a real sshd', () => {
  const bed = new TestBed();
  let sshd: Sshd;

  beforeAll(async () => {
    chmodSync(bed.directory, 0o755);
    // In place of the HOME that every other test has: here the account's own profile matters.
    sshd = await bed.sshd({ config: ['SetEnv RACKHELM_TEST=1'] });
  });
  afterAll(() => bed.close());

  const login = async (account: Account) => {
    bed.onCleanup(() => account.remove());
    const client = bed.client();
    const target = bed.target(sshd, { user: account.name });
    return client.pool.connect(target, client.options());
  };

  for (const shell of ['/usr/sbin/nologin', '/bin/false']) {
    it(`tells that ${shell} is no shell`, async () => {
      const connection = await login(makeAccount({ shell }));
      const result = await connection.exec('echo hello', { signal: never });
      expect(explainNoShell(result)?.code).toBe('SSH_NO_SHELL');
    });
  }

  it('returns what a noisy profile prints along with the rest, and nothing breaks', async () => {
    writeFileSync(path.join(bed.directory, '.bashrc'), 'echo welcome; echo mail >&2\n');
    const connection = await login(makeAccount({ shell: '/bin/bash', home: bed.directory }));
    const result = await connection.exec('echo hello', { signal: never });
    expect(result.stdout.toString()).toBe('welcome\nhello\n');
    expect(result.stderr.toString()).toBe('mail\n');
    expect(result.exitCode).toBe(0);
  });

  it('ends a profile that prints without end', async () => {
    writeFileSync(path.join(bed.directory, '.bashrc'), 'yes noise\n');
    const connection = await login(makeAccount({ shell: '/bin/bash', home: bed.directory }));
    const error = await errorOf(connection.exec('echo hello', { signal: never }));
    expect(error.code).toBe('SSH_OUTPUT_TOO_LARGE');
  });
});

describeWith(['sshd'], 'settings of the ssh configuration on a real sshd', () => {
  const bed = useTestBed();

  it('finds host, port, user and key by an alias, and known_hosts in the home', async () => {
    const sshd = await bed.sshd();
    const client = bed.client();
    const ssh = path.join(client.home, '.ssh');
    mkdirSync(ssh);
    writeFileSync(
      path.join(ssh, 'config'),
      `Host node\n  HostName 127.0.0.1\n  Port ${sshd.port}\n  User ${sshd.user}\n  IdentityFile ${bed.key.path}\n`,
    );
    const [hostKey] = sshd.hostKeys;
    writeFileSync(
      path.join(ssh, 'known_hosts'),
      `[127.0.0.1]:${sshd.port} ${hostKey?.type} ${hostKey?.blob}\n`,
    );
    const connection = await client.pool.connect({ host: 'node' }, client.options());
    expect(connection.resolved).toMatchObject({ host: '127.0.0.1', port: sshd.port });
    expect(client.questions).toEqual([]);
    expect(client.keys.keys).toEqual([]);
  });

  it('tries the default keys of the home', async () => {
    const client = bed.client();
    mkdirSync(path.join(client.home, '.ssh'));
    const key = makeKey(path.join(client.home, '.ssh'), 'id_ecdsa', { kind: 'ecdsa' });
    const sshd = await bed.sshd({ authorized: [key.publicLine] });
    const target = { host: '127.0.0.1', port: sshd.port, user: sshd.user };
    await expect(client.pool.connect(target, client.options())).resolves.toBeDefined();
  });
});
