import type { Client } from 'ssh2';
import { type PublicKey, plainType } from './keys/public-key.ts';
import { wireString } from './keys/wire.ts';
import { isOffered, type OfferedKey } from './one-key-agent.ts';

/**
 * A seam into ssh2 that its public interface does not reach. It looks before it touches, and does
 * nothing where ssh2 is not as expected: the exact version is pinned in package.json.
 */
interface Protocol {
  authPK?: (
    user: string,
    key: unknown,
    algorithm?: unknown,
    sign?: (data: Buffer, send: (signature: Buffer) => void) => void,
  ) => void;
  readonly _kex?: { readonly sessionID?: Buffer };
  readonly _kexinit?: Buffer;
  readonly _compatFlags?: number;
  readonly _authsQueue?: string[];
  readonly _cipher?: { encrypt(packet: Buffer): void };
  readonly _packetRW?: { readonly write: PacketWriter };
  readonly _handlers?: { EXT_INFO?: (protocol: unknown, list: readonly Extension[]) => void };
  _queue?: Buffer[];
}

interface PacketWriter {
  readonly allocStart: number;
  alloc(length: number): Buffer;
  finalize(packet: Buffer): Buffer;
}

interface Extension {
  readonly name: string;
  readonly algs?: readonly string[];
}

const userauthRequest = 50;
/** ssh2's mark of servers that take SHA-2 without saying so. */
const impliesSha2 = 1 << 4;
const sha2 = ['rsa-sha2-512', 'rsa-sha2-256'];

/** With what a key can sign, best first; certificates count by names of their own. */
export function signatureAlgorithms({ type }: PublicKey): readonly string[] {
  if (plainType(type) !== 'ssh-rsa') return [type];
  const names = [...sha2, 'ssh-rsa'];
  return type === 'ssh-rsa' ? names : names.map((name) => `${name}${certificateEnd}`);
}

const certificateEnd = '-cert-v01@openssh.com';

/**
 * Sends the keys of a OneKeyAgent as they are: certificates, security keys, and RSA keys with the
 * algorithm that OpenSSH's client would take. ssh2 itself writes one name as algorithm and as the
 * kind of signature, which differ for certificates, and knows no security keys. `accepted` is what
 * PubkeyAcceptedAlgorithms allows, best first; absent, each key signs with the best that the server takes.
 */
export function offerKeysAsTheyAre(client: Client, accepted?: readonly string[]): void {
  const { _protocol: protocol } = client as Client & { readonly _protocol?: Protocol };
  const original = protocol?.authPK;
  if (!protocol || !original) return;
  const taken = listenForAlgorithms(protocol);
  protocol.authPK = (user, key, algorithm, sign) => {
    if (!isOffered(key)) {
      original.call(protocol, user, key, algorithm, sign);
      return;
    }
    if (!sign) key.algorithm = chooseAlgorithm(key, taken(), protocol._compatFlags ?? 0, accepted);
    const request = keyRequest(user, key, sign !== undefined);
    if (!sign) {
      send(protocol, request);
      return;
    }
    const session = wireString(protocol._kex?.sessionID ?? Buffer.alloc(0));
    sign(Buffer.concat([session, request]), (signature) =>
      send(protocol, Buffer.concat([request, wireString(signature)])),
    );
  };
}

/** What the server said that it verifies (RFC 8308); null before, or where it says nothing. */
function listenForAlgorithms({ _handlers: handlers }: Protocol): () => readonly string[] | null {
  let algorithms: readonly string[] | null = null;
  const original = handlers?.EXT_INFO;
  if (handlers && original) {
    handlers.EXT_INFO = (protocol, list) => {
      algorithms ??= list.find(({ name }) => name === 'server-sig-algs')?.algs ?? null;
      original(protocol, list);
    };
  }
  return () => algorithms;
}

/** Only RSA keys have a choice. */
function chooseAlgorithm(
  { offered }: OfferedKey,
  taken: readonly string[] | null,
  flags: number,
  accepted: readonly string[] | undefined,
): string {
  const able = signatureAlgorithms(offered);
  const allowed = accepted?.filter((name) => able.includes(name)) ?? able;
  const listed = taken ?? ((flags & impliesSha2) === 0 ? [] : sha2);
  const best = allowed.find((name) => listed.includes(name.replace(certificateEnd, '')));
  // A server that names nothing is an old one, which knows the kind of the key and no other name.
  return best ?? allowed.find((name) => name === offered.type) ?? allowed[0] ?? offered.type;
}

/** RFC 4252, 7. */
function keyRequest(user: string, { algorithm, offered }: OfferedKey, signed: boolean): Buffer {
  return Buffer.concat([
    Buffer.from([userauthRequest]),
    wireString(user),
    wireString('ssh-connection'),
    wireString('publickey'),
    Buffer.from([signed ? 1 : 0]),
    wireString(algorithm),
    wireString(offered.blob),
  ]);
}

/** As ssh2 sends its own packets, which wait while keys are agreed on anew. */
function send(protocol: Protocol, payload: Buffer): void {
  const write = protocol._packetRW?.write;
  if (!write) return;
  protocol._authsQueue?.push('publickey');
  const start = write.allocStart;
  const packet = write.alloc(payload.length);
  packet.set(payload, start);
  const whole = write.finalize(packet);
  if (protocol._kexinit === undefined) protocol._cipher?.encrypt(whole);
  else {
    protocol._queue ??= [];
    protocol._queue.push(whole);
  }
}
