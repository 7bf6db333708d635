import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import net from 'node:net';
import path from 'node:path';

/** What an agent with a security key does, which cannot be had here. */
export interface FakeAgent {
  readonly socket: string;
  /** The line for authorized_keys. */
  readonly publicLine: string;
  /** Signatures that were asked for. */
  readonly asked: () => number;
  stop(): Promise<void>;
}

const text = (value: string | Uint8Array) => {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

/** An agent with one sk-ssh-ed25519 key, whose device is touched when `touch` resolves to true. */
export function startSecurityKeyAgent(
  directory: string,
  touch: () => Promise<boolean>,
): Promise<FakeAgent> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const type = 'sk-ssh-ed25519@openssh.com';
  const blob = Buffer.concat([text(type), text(raw), text('ssh:')]);
  let asked = 0;
  const hash = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest();
  const answer = async (request: Buffer): Promise<Buffer> => {
    if (request[0] === 11)
      return Buffer.concat([Buffer.from([12, 0, 0, 0, 1]), text(blob), text('token')]);
    asked += 1;
    if (!(await touch())) return Buffer.from([5]);
    const from = 1 + 4 + request.readUInt32BE(1);
    const data = request.subarray(from + 4, from + 4 + request.readUInt32BE(from));
    // PROTOCOL.u2f: what the device signs, with the flag of a touch and a counter.
    const state = Buffer.from([1, 0, 0, 0, 7]);
    const signed = sign(null, Buffer.concat([hash('ssh:'), state, hash(data)]), privateKey);
    return Buffer.concat([
      Buffer.from([14]),
      text(Buffer.concat([text(type), text(signed), state])),
    ]);
  };
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      void answer(chunk.subarray(4)).then((reply) => socket.write(text(reply)));
    });
  });
  const socket = path.join(directory, 'fake-agent.sock');
  return new Promise((resolve) => {
    server.listen(socket, () =>
      resolve({
        socket,
        publicLine: `${type} ${blob.toString('base64')}`,
        asked: () => asked,
        stop: () => new Promise((done) => server.close(() => done())),
      }),
    );
  });
}
