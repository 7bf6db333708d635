import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';
import type ssh2 from 'ssh2';
import { expect, it, vi } from 'vitest';
import {
  describeWith,
  errorOf,
  type HostileServer,
  never,
  rawProtocol,
  sendRaw,
  startHostile,
  useTestBed,
} from './sshd/index.ts';

const text = (value: string) => {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};
const ignore = Buffer.concat([Buffer.from([2]), text('x')]);
const globalRequest = Buffer.concat([Buffer.from([80]), text('anything'), Buffer.from([1])]);
const channelOpen = Buffer.concat([Buffer.from([90]), text('x11'), Buffer.alloc(12, 1)]);
const windowAdjust = Buffer.concat([Buffer.from([93]), Buffer.alloc(8)]);
const banner = Buffer.concat([Buffer.from([53]), text('Hello again'), text('')]);

/** Sends without end, as fast as the other side takes it. */
async function flood(connection: ssh2.Connection, packet: Buffer): Promise<void> {
  let ended = false;
  connection.on('close', () => {
    ended = true;
  });
  while (!ended) {
    try {
      for (let count = 0; count < 500; count += 1) sendRaw(rawProtocol(connection), packet);
    } catch {
      return;
    }
    await turn();
  }
}

/** Commands are taken and never answered; `onExec` says what happens instead. */
function lets(
  connection: ssh2.Connection,
  onExec: (channel: ssh2.ServerChannel) => void = () => {},
): void {
  connection.on('authentication', (context) => context.accept());
  connection.on('session', (accept) => {
    accept().on('exec', (acceptExec) => onExec(acceptExec()));
  });
}

describeWith(['sshd'], 'servers that send what nobody asked for', () => {
  const bed = useTestBed();

  async function connectTo(serve: (connection: ssh2.Connection) => void) {
    const server = await startHostile(bed.directory, serve);
    bed.onCleanup(() => server.stop());
    const client = bed.client();
    const target = { host: '127.0.0.1', port: server.port, user: 'ada' };
    const connect = () => client.pool.connect(target, client.options({}, { timeoutMs: 8000 }));
    return { server, connect };
  }

  const closed = (server: HostileServer) =>
    vi.waitFor(() => expect(server.open()).toBe(0), { timeout: 10_000 });

  it.each([
    ['ignored messages', ignore],
    ['global requests', globalRequest],
    ['channels', channelOpen],
    ['window adjustments', windowAdjust],
  ])('cuts off one that floods an idle connection with %s', async (_, packet) => {
    const { server, connect } = await connectTo((connection) => {
      lets(connection);
      connection.on('ready', () => void flood(connection, packet));
    });
    await connect().catch(() => {});
    await closed(server);
  });

  it.each([
    ['banners', banner],
    ['ignored messages', ignore],
  ])(
    'cuts off one that sends %s instead of an answer to the login, and says so',
    async (_, packet) => {
      const { server, connect } = await connectTo((connection) => {
        connection.on('authentication', () => void flood(connection, packet));
      });
      const error = await errorOf(connect());
      expect(error.message).toMatch(/was cut off: it keeps sending/);
      await closed(server);
    },
  );

  it('cuts off one that agrees on keys anew without end', async () => {
    const { server, connect } = await connectTo((connection) => {
      lets(connection);
      connection.on('ready', () => {
        const again = () => rawProtocol(connection).rekey();
        connection.on('rekey', () => setImmediate(again));
        again();
      });
    });
    await connect().catch(() => {});
    await closed(server);
  });

  it('closes the connection of a command that prints too much', async () => {
    const { server, connect } = await connectTo((connection) =>
      lets(connection, (channel) => {
        const more = () => {
          while (channel.write(Buffer.alloc(30_000, 65)));
          channel.once('drain', more);
        };
        more();
      }),
    );
    const connection = await connect();
    const limits = { signal: never, maxOutputBytes: 100_000 };
    expect((await errorOf(connection.exec('yes', limits))).code).toBe('SSH_OUTPUT_TOO_LARGE');
    await closed(server);
  });

  it('cuts off one that goes on printing after the command was cancelled', async () => {
    const data = Buffer.concat([Buffer.from([94, 0, 0, 0, 0]), text('A'.repeat(30_000))]);
    const { server, connect } = await connectTo((connection) =>
      lets(connection, () => setTimeout(() => void flood(connection, data), 300)),
    );
    const connection = await connect();
    const cancelled = connection.exec('yes', { signal: AbortSignal.timeout(200) });
    await expect(cancelled).rejects.toMatchObject({ code: 'SSH_CANCELLED' });
    await closed(server);
  });

  it('keeps a connection on which much is asked for and comes', async () => {
    const { connect } = await connectTo((connection) =>
      lets(connection, (channel) => {
        channel.write(Buffer.alloc(6_000_000, 65), () => {
          channel.exit(0);
          channel.end();
        });
      }),
    );
    const connection = await connect();
    for (let round = 0; round < 4; round += 1) {
      const result = await connection.exec('cat', { signal: never });
      expect(result.stdout.length).toBe(6_000_000);
    }
    await pause(10);
  });
});

describeWith(['sshd'], 'servers that give back what was typed', () => {
  const bed = useTestBed();
  const password = 'tr0ub4dor&3';

  it('shows it neither as a method, a banner, a prompt nor the reason of an end', async () => {
    const seen: string[] = [];
    const server = await startHostile(bed.directory, (connection) => {
      connection.on('authentication', (context) => {
        if (context.method === 'none') context.reject(['password']);
        else if (context.method === 'password') {
          const said = context.password;
          const packet = [Buffer.from([53]), text(`You typed ${said}`), text('')];
          sendRaw(rawProtocol(connection), Buffer.concat(packet));
          // The typings know the names of methods; a hostile server minds none.
          context.reject([said as 'password', 'keyboard-interactive', 'password']);
        } else if (context.method === 'keyboard-interactive')
          context.prompt([{ prompt: `Not ${password}?`, echo: false }], () => context.reject());
        else context.reject();
      });
    });
    bed.onCleanup(() => server.stop());
    const client = bed.client();
    const answer = { kind: 'secret', secret: password } as const;
    const options = client.options(
      { password: answer, 'keyboard-interactive': answer },
      { onBanner: (_, said) => seen.push(said), onStep: (_, said) => seen.push(said) },
    );
    const target = { host: '127.0.0.1', port: server.port, user: 'ada' };
    const error = await errorOf(client.pool.connect(target, options));
    expect(seen.join('\n')).toContain('left out: it repeats what was typed');
    const all = [seen, client.questions, error.message, error.hint, error.data, error.stack];
    expect(JSON.stringify(all)).not.toContain(password);
    expect(JSON.stringify([client.questions, seen])).not.toContain(JSON.stringify(password));
  });
});
