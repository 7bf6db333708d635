import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { describeWith, errorOf, never, useTestBed } from './sshd/index.ts';

const accept = { kind: 'host-key', accept: true } as const;

describeWith(['sshd'], 'the pool of connections', () => {
  const bed = useTestBed();

  const numbered = ['0\n', '1\n', '2\n', '3\n', '4\n'];
  const logins = (log: string) => log.match(/Accepted publickey/g)?.length ?? 0;

  it('gives callers at once one handshake and one question', async () => {
    const sshd = await bed.sshd();
    const client = bed.client();
    const connections = await Promise.all(
      Array.from({ length: 5 }, () => client.pool.connect(bed.target(sshd), client.options())),
    );
    expect(client.questions).toHaveLength(1);
    const results = await Promise.all(
      connections.map((connection, n) => connection.exec(`echo ${n}`, { signal: never })),
    );
    expect(results.map(({ stdout }) => stdout.toString())).toEqual(numbered);
    expect(logins(sshd.log())).toBe(1);
  });

  it('reaches a machine where it answers now, with all else that is said of its name', async () => {
    const sshd = await bed.sshd();
    const client = bed.client();
    const named = { ...bed.target(sshd), host: 'moved.invalid' };
    const { resolved } = await client.pool.connect(named, client.options({}, { at: '127.0.0.1' }));
    expect(resolved).toMatchObject({ host: '127.0.0.1', asked: { host: 'moved.invalid' } });
  });

  it('passes the question on when the caller who was asked leaves', async () => {
    const sshd = await bed.sshd();
    const client = bed.client();
    const abort = new AbortController();
    const asked: string[] = [];
    const first = Promise.withResolvers<void>();
    const leaving = errorOf(
      client.pool.connect(bed.target(sshd), {
        signal: abort.signal,
        ask: () => {
          asked.push('first');
          first.resolve();
          return new Promise(() => {});
        },
      }),
    );
    await first.promise;
    const second = client.pool.connect(bed.target(sshd), {
      signal: never,
      ask: async () => {
        asked.push('second');
        return accept;
      },
    });
    await pause(100);
    abort.abort();
    expect((await leaving).code).toBe('SSH_CANCELLED');
    await expect(second).resolves.toBeDefined();
    expect(asked).toEqual(['first', 'second']);
  });

  it('lets one caller run out of time without disturbing the other', async () => {
    const sshd = await bed.sshd();
    const client = bed.client();
    process.kill(sshd.pid, 'SIGSTOP');
    const short = errorOf(
      client.pool.connect(bed.target(sshd), client.options({}, { timeoutMs: 500 })),
    );
    const long = client.pool.connect(bed.target(sshd), client.options());
    expect((await short).code).toBe('SSH_TIMEOUT');
    process.kill(sshd.pid, 'SIGCONT');
    await expect(long).resolves.toBeDefined();
  });

  it('runs more commands than the server allows sessions, one after the other', async () => {
    const sshd = await bed.sshd({ config: ['MaxSessions 1'] });
    const client = bed.client();
    const connection = await client.pool.connect(bed.target(sshd), client.options());
    const results = await Promise.all(
      Array.from({ length: 5 }, (_unused, n) =>
        connection.exec(`sleep 0.1; echo ${n}`, { signal: never }),
      ),
    );
    expect(results.map(({ stdout }) => stdout.toString())).toEqual(numbered);
    expect(logins(sshd.log())).toBe(1);
  });

  it('runs twenty commands at once on the usual sshd over one connection', async () => {
    const sshd = await bed.sshd();
    const client = bed.client();
    const connection = await client.pool.connect(bed.target(sshd), client.options());
    const results = await Promise.all(
      Array.from({ length: 20 }, () => connection.exec('echo in', { signal: never })),
    );
    expect(results.every(({ exitCode }) => exitCode === 0)).toBe(true);
    expect(logins(sshd.log())).toBe(1);
    // sshd may count one that just ended; without a limit of our own it turns ten away at once.
    expect(sshd.log().match(/no more sessions/g)?.length ?? 0).toBeLessThan(10);
  });

  it('connects to sixteen machines at once', async () => {
    const machines = await Promise.all(Array.from({ length: 16 }, () => bed.sshd()));
    const client = bed.client();
    const results = await Promise.all(
      machines.map(async (sshd) => {
        const connection = await client.pool.connect(bed.target(sshd), client.options());
        return connection.exec('echo in', { signal: never });
      }),
    );
    expect(results.every(({ exitCode }) => exitCode === 0)).toBe(true);
  });

  it('keeps to its number of handshakes at once, and a question holds up nobody', async () => {
    const [one, two] = [await bed.sshd(), await bed.sshd()];
    const client = bed.client({ maxConcurrentConnects: 1 });
    const [asked, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const waiting = client.pool.connect(bed.target(one), {
      signal: never,
      ask: async () => {
        asked.resolve();
        await answered.promise;
        return accept;
      },
    });
    await asked.promise;
    await client.pool.connect(bed.target(two), client.options());
    answered.resolve();
    await expect(waiting).resolves.toBeDefined();
  });

  it('closes a connection that nobody uses, and opens a new one when asked', async () => {
    const sshd = await bed.sshd();
    const client = bed.client({ idleMs: 200 });
    const connection = await client.pool.connect(bed.target(sshd), client.options());
    const again = await client.pool.connect(bed.target(sshd), client.options());
    connection.release();
    await pause(400);
    expect((await again.exec('echo in', { signal: never })).exitCode).toBe(0);
    again.release();
    await vi.waitFor(() => expect(sshd.sessionPids()).toEqual([]), { timeout: 3000 });
    await client.pool.connect(bed.target(sshd), client.options());
    expect(logins(sshd.log())).toBe(2);
  });

  it('cancels what is under way when it closes', async () => {
    const [sshd, other] = [await bed.sshd(), await bed.sshd()];
    const client = bed.client();
    const connection = await client.pool.connect(bed.target(sshd), client.options());
    const running = errorOf(connection.exec('sleep 10', { signal: never }));
    const asked = Promise.withResolvers<void>();
    const connecting = errorOf(
      client.pool.connect(bed.target(other), {
        signal: never,
        ask: () => {
          asked.resolve();
          return new Promise(() => {});
        },
      }),
    );
    await Promise.all([asked.promise, sshd.logged(/Starting session: command/)]);
    await client.pool.close();
    expect(['SSH_CONNECTION_LOST', 'SSH_CANCELLED']).toContain((await running).code);
    expect((await connecting).code).toBe('SSH_CANCELLED');
    const sessions = () => [...sshd.sessionPids(), ...other.sessionPids()];
    await vi.waitFor(() => expect(sessions()).toEqual([]), { timeout: 3000 });
  });

  it('leaves nothing behind that keeps a process alive', async () => {
    const sshd = await bed.sshd();
    const script = path.join(import.meta.dirname, 'sshd', 'connect-and-close.ts');
    const child = spawn(process.execPath, [script, JSON.stringify(bed.target(sshd))], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    const code = await Promise.race([
      new Promise((resolve) => child.once('exit', resolve)),
      pause(8000).then(() => {
        child.kill('SIGKILL');
        return 'still running';
      }),
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(output)).toEqual({ out: 'in\n', left: [] });
  });
});
