import net from 'node:net';

export interface Impostor {
  readonly port: number;
  /** Connections open right now. */
  connections(): number;
  stop(): Promise<void>;
}

/** A TCP server on 127.0.0.1 that is no SSH server. */
export function startImpostor(serve: (socket: net.Socket) => void): Promise<Impostor> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    serve(socket);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve({
        port: typeof address === 'object' && address ? address.port : 0,
        connections: () => sockets.size,
        stop: () =>
          new Promise((done) => {
            for (const socket of sockets) socket.destroy();
            server.close(() => done());
          }),
      });
    });
  });
}
