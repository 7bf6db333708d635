import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { describeWith, errorOf, freePort, never, startImpostor, useTestBed } from './sshd/index.ts';

describe('machines that do not answer as SSH does', () => {
  const bed = useTestBed();

  const failure = async (port: number, host = '127.0.0.1', timeoutMs = 2000) => {
    const client = bed.client();
    const started = performance.now();
    const target = { host, port, user: 'nobody', identityFile: bed.key.path };
    const error = await errorOf(client.pool.connect(target, client.options({}, { timeoutMs })));
    return { error, ms: performance.now() - started };
  };

  const impostor = async (serve: Parameters<typeof startImpostor>[0]) => {
    const server = await startImpostor(serve);
    bed.onCleanup(() => server.stop());
    return server;
  };

  it('refused: SSH_REFUSED', async () => {
    const { error } = await failure(await freePort());
    expect(error.code).toBe('SSH_REFUSED');
  });

  it('no such name: SSH_HOST_UNKNOWN', async () => {
    const { error } = await failure(22, 'no-such-host.invalid', 12_000);
    expect(error.code).toBe('SSH_HOST_UNKNOWN');
  });

  it('a name with shell characters is a name, and is never run', async () => {
    const { error } = await failure(22, 'a;touch $(b)`c`', 12_000);
    expect(error.code).toBe('SSH_HOST_UNKNOWN');
  });

  it('takes the connection and says nothing: SSH_TIMEOUT in time', async () => {
    const server = await impostor((socket) => socket.resume());
    const { error, ms } = await failure(server.port);
    expect(error.code).toBe('SSH_TIMEOUT');
    expect(error.message).toContain('said nothing');
    expect(ms).toBeGreaterThan(1900);
    expect(ms).toBeLessThan(2600);
    await vi.waitFor(() => expect(server.connections()).toBe(0));
  });

  it('drips bytes: SSH_TIMEOUT in time', async () => {
    const server = await impostor((socket) => {
      const timer = setInterval(() => socket.write('x'), 50);
      socket.on('close', () => clearInterval(timer));
    });
    const { error, ms } = await failure(server.port);
    expect(error.code).toBe('SSH_TIMEOUT');
    expect(ms).toBeLessThan(2600);
  });

  it('greets and then falls silent: SSH_TIMEOUT in time', async () => {
    const server = await impostor((socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n'));
    const { error, ms } = await failure(server.port);
    expect(error.code).toBe('SSH_TIMEOUT');
    expect(ms).toBeLessThan(2600);
  });

  it('is a web server that waits for a request: SSH_NOT_SSH', async () => {
    const server = await impostor((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    );
    const { error, ms } = await failure(server.port, '127.0.0.1', 5000);
    expect(error.code).toBe('SSH_NOT_SSH');
    expect(ms).toBeLessThan(2000);
  });

  it('sends garbage: SSH_NOT_SSH at once', async () => {
    const server = await impostor((socket) => socket.write(Buffer.alloc(300, '\0\xff\x13\n')));
    const { error, ms } = await failure(server.port);
    expect(error.code).toBe('SSH_NOT_SSH');
    expect(ms).toBeLessThan(1000);
  });

  it('sends a banner without end: SSH_NOT_SSH promptly', async () => {
    const server = await impostor((socket) => {
      const flow = () => {
        while (socket.write('welcome, welcome, welcome\r\n'.repeat(50)));
        socket.once('drain', flow);
      };
      flow();
    });
    const { error, ms } = await failure(server.port);
    expect(error.code).toBe('SSH_NOT_SSH');
    expect(ms).toBeLessThan(1500);
  });

  it('drips a banner line by line: SSH_NOT_SSH when the time is up', async () => {
    const server = await impostor((socket) => {
      const timer = setInterval(() => socket.write('220 hello\r\n'), 100);
      socket.on('close', () => clearInterval(timer));
    });
    const { error, ms } = await failure(server.port);
    expect(error.code).toBe('SSH_NOT_SSH');
    expect(ms).toBeLessThan(2600);
  });

  it('hangs up at once: SSH_CONNECTION_LOST', async () => {
    const server = await impostor((socket) => socket.end());
    const { error } = await failure(server.port);
    expect(error.code).toBe('SSH_CONNECTION_LOST');
  });

  it('breaks off in the middle of the handshake: SSH_CONNECTION_LOST', async () => {
    const server = await impostor((socket) => {
      socket.write('SSH-2.0-OpenSSH_9.2\r\n');
      setTimeout(() => socket.resetAndDestroy(), 100);
    });
    const { error } = await failure(server.port);
    expect(error.code).toBe('SSH_CONNECTION_LOST');
  });

  it('greets and then sends nonsense: an error of the table, and no crash', async () => {
    const server = await impostor((socket) => {
      socket.write('SSH-2.0-OpenSSH_9.2\r\n');
      socket.write(Buffer.alloc(4000, 0xff));
    });
    const { error } = await failure(server.port);
    expect(['SSH_CONNECTION_LOST', 'SSH_NOT_SSH']).toContain(error.code);
  });

  it('is cancelled at once while it waits', async () => {
    const server = await impostor((socket) => socket.resume());
    const client = bed.client();
    const abort = new AbortController();
    const target = { host: '127.0.0.1', port: server.port };
    const connecting = errorOf(
      client.pool.connect(target, client.options({}, { signal: abort.signal })),
    );
    await vi.waitFor(() => expect(server.connections()).toBe(1));
    const started = performance.now();
    abort.abort();
    expect((await connecting).code).toBe('SSH_CANCELLED');
    expect(performance.now() - started).toBeLessThan(400);
    await vi.waitFor(() => expect(server.connections()).toBe(0));
  });
});

describeWith(['sshd'], 'a real sshd that fails', () => {
  const bed = useTestBed();

  it('reads a greeting that comes in small pieces, after other lines', async () => {
    const sshd = await bed.sshd();
    const proxy = await startImpostor((socket) => {
      const upstream = net.connect(sshd.port, '127.0.0.1');
      socket.pipe(upstream);
      socket.write('a line first\r\n');
      upstream.once('data', async (greeting: Buffer) => {
        upstream.pause();
        for (const byte of greeting) {
          socket.write(Buffer.of(byte));
          await pause(3);
        }
        upstream.pipe(socket);
      });
      upstream.on('error', () => socket.destroy());
    });
    bed.onCleanup(() => proxy.stop());
    const client = bed.client();
    const target = bed.target(sshd, { port: proxy.port });
    const connection = await client.pool.connect(target, client.options());
    expect((await connection.exec('echo in', { signal: never })).exitCode).toBe(0);
  });

  it('turns connections away when it has too many: SSH_REFUSED with what to do', async () => {
    const sshd = await bed.sshd({ config: ['MaxStartups 1:100:1'] });
    // One that sshd greets takes the only place; the probe of its start may still have it.
    let greeting = '';
    while (!greeting.startsWith('SSH-')) {
      const idle = net.connect(sshd.port, '127.0.0.1');
      bed.onCleanup(() => idle.destroy());
      greeting = await new Promise((resolve) => idle.once('data', (data) => resolve(`${data}`)));
    }
    const client = bed.client();
    const error = await errorOf(client.pool.connect(bed.target(sshd), client.options()));
    expect(error.code).toBe('SSH_REFUSED');
    expect(error.hint).toContain('MaxStartups');
  });

  it('offers old algorithms only: an error that says so, and how ssh allows them', async () => {
    const sshd = await bed.sshd({ config: ['KexAlgorithms diffie-hellman-group14-sha1'] });
    const client = bed.client();
    const error = await errorOf(client.pool.connect(bed.target(sshd), client.options()));
    expect(error.message).toMatch(/share no key exchange. It offers diffie-hellman-group14-sha1;/);
    expect(error.hint).toContain('KexAlgorithms +diffie-hellman-group14-sha1');
  });

  it('offers newer algorithms only: an error that says so', async () => {
    const sshd = await bed.sshd({ config: ['KexAlgorithms sntrup761x25519-sha512@openssh.com'] });
    const client = bed.client();
    const error = await errorOf(client.pool.connect(bed.target(sshd), client.options()));
    expect(error.hint).toMatch(/sntrup761\S+ is newer than what Rackhelm speaks/);
  });

  it('is frozen before the login: SSH_TIMEOUT', async () => {
    const sshd = await bed.sshd();
    process.kill(sshd.pid, 'SIGSTOP');
    const client = bed.client();
    const error = await errorOf(
      client.pool.connect(bed.target(sshd), client.options({}, { timeoutMs: 1500 })),
    );
    expect(error.code).toBe('SSH_TIMEOUT');
  });

  it('is frozen in the middle of the handshake: SSH_TIMEOUT', async () => {
    const sshd = await bed.sshd();
    const client = bed.client();
    const accept = () => {
      sshd.signalSessions('SIGSTOP');
      return { kind: 'host-key', accept: true } as const;
    };
    const options = client.options({ 'unknown-host-key': accept }, { timeoutMs: 1500 });
    const error = await errorOf(client.pool.connect(bed.target(sshd), options));
    expect(error.code).toBe('SSH_TIMEOUT');
  });

  it('is frozen in the middle of a command: SSH_TIMEOUT, and a later command reconnects', async () => {
    const sshd = await bed.sshd();
    const client = bed.client();
    const connection = await client.pool.connect(bed.target(sshd), client.options());
    const running = errorOf(connection.exec('sleep 5', { signal: never, timeoutMs: 1500 }));
    await sshd.logged(/Starting session: command/);
    sshd.signalSessions('SIGSTOP');
    expect((await running).code).toBe('SSH_TIMEOUT');
    // Something came since that command began (its channel opened), so the next one finds out.
    const next = await errorOf(connection.exec('true', { signal: never, timeoutMs: 1000 }));
    expect(next.code).toBe('SSH_TIMEOUT');
    const result = await connection.exec('echo back', { signal: never });
    expect(result.stdout.toString()).toBe('back\n');
  });

  it('dies in the middle of a command: SSH_CONNECTION_LOST at once, then comes back', async () => {
    const sshd = await bed.sshd();
    const client = bed.client();
    const connection = await client.pool.connect(bed.target(sshd), client.options());
    const running = errorOf(connection.exec('echo half; sleep 10', { signal: never }));
    await sshd.logged(/Starting session: command/);
    const started = performance.now();
    sshd.signalSessions('SIGKILL');
    expect((await running).code).toBe('SSH_CONNECTION_LOST');
    expect(performance.now() - started).toBeLessThan(1000);
    const result = await connection.exec('echo back', { signal: never });
    expect(result.stdout.toString()).toBe('back\n');
  });

  it('stays away: the reconnect ends with the reason, in time', async () => {
    const sshd = await bed.sshd();
    const client = bed.client();
    const connection = await client.pool.connect(bed.target(sshd), client.options());
    await sshd.stop();
    await pause(100);
    const error = await errorOf(connection.exec('true', { signal: never, timeoutMs: 8000 }));
    expect(error.code).toBe('SSH_REFUSED');
  });

  it('takes no commands for this user: SSH_NO_SHELL', async () => {
    const sshd = await bed.sshd({ config: ['MaxSessions 0'] });
    const client = bed.client();
    const connection = await client.pool.connect(bed.target(sshd), client.options());
    const error = await errorOf(connection.exec('true', { signal: never }));
    expect(error.code).toBe('SSH_NO_SHELL');
  });
});
