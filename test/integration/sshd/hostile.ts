import { readFileSync } from 'node:fs';
import ssh2 from 'ssh2';
import { makeKey } from './keys.ts';

export interface HostileServer {
  readonly port: number;
  /** Connections that are open right now. */
  readonly open: () => number;
  stop(): Promise<void>;
}

/** The parts of ssh2's own protocol that a hostile server reaches for. */
export interface RawProtocol {
  readonly _packetRW: {
    readonly write: {
      readonly allocStart: number;
      alloc(length: number): Buffer;
      finalize(packet: Buffer): Buffer;
    };
  };
  readonly _cipher: { encrypt(packet: Buffer): void };
  rekey(): void;
}

export function rawProtocol(connection: ssh2.Connection): RawProtocol {
  // Nothing public sends what no honest server sends.
  return (connection as unknown as { _protocol: RawProtocol })._protocol;
}

export function sendRaw(protocol: RawProtocol, payload: Buffer): void {
  const { write } = protocol._packetRW;
  const start = write.allocStart;
  const packet = write.alloc(payload.length);
  packet.set(payload, start);
  protocol._cipher.encrypt(write.finalize(packet));
}

/** An SSH server of ssh2 that does what `serve` says. */
export function startHostile(
  directory: string,
  serve: (connection: ssh2.Connection) => void,
  options: Partial<ssh2.ServerConfig> = {},
): Promise<HostileServer> {
  const host = makeKey(directory, `hostile-${Math.random()}`);
  let open = 0;
  const connections = new Set<ssh2.Connection>();
  const server = new ssh2.Server(
    { hostKeys: [readFileSync(host.path)], ...options },
    (connection) => {
      open += 1;
      connections.add(connection);
      connection.on('error', () => {});
      connection.on('close', () => {
        open -= 1;
        connections.delete(connection);
      });
      serve(connection);
    },
  );
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve({
        port: typeof address === 'object' && address ? address.port : 0,
        open: () => open,
        stop: () =>
          new Promise((done) => {
            for (const connection of connections) connection.end();
            server.close(() => done());
          }),
      });
    });
  });
}
