import type { Duplex } from 'node:stream';
import ssh2 from 'ssh2';
import { type PublicKey, readBlob } from './keys/public-key.ts';
import { MalformedWire, WireReader, wireString } from './keys/wire.ts';

export interface AgentKey {
  readonly publicKey: PublicKey;
  readonly comment: string;
}

// Messages of draft-ietf-sshm-ssh-agent.
const requestIdentities = 11;
const identitiesAnswer = 12;
const signRequest = 13;
const signResponse = 14;
// What an agent may answer: OpenSSH's own bound.
const mostBytes = 256 * 1024;
const mostKeys = 2048;
/** Which hash an RSA key shall sign with. */
const flagsOf: Readonly<Record<string, number>> = { 'rsa-sha2-256': 2, 'rsa-sha2-512': 4 };

/** The keys and certificates that an ssh-agent offers, security keys too. */
export async function listAgentKeys(socketPath: string, signal: AbortSignal): Promise<AgentKey[]> {
  const reader = await ask(socketPath, Buffer.from([requestIdentities]), signal);
  if (reader.byte() !== identitiesAnswer) throw new Error('It does not tell its keys.');
  const count = reader.uint32();
  if (count > mostKeys) throw new Error('It tells of more keys than anybody has.');
  const keys: AgentKey[] = [];
  for (let at = 0; at < count; at += 1) {
    const [blob, comment] = [reader.string(), reader.text()];
    const publicKey = readBlob(blob);
    if (publicKey) keys.push({ publicKey, comment });
  }
  return keys;
}

/**
 * A signature as it goes over the wire. Takes as long as the agent waits for a person: one that
 * confirms (`ssh-add -c`), touches a security key, or unlocks a password manager.
 */
export async function signWithAgent(
  socketPath: string,
  request: { readonly key: PublicKey; readonly data: Uint8Array; readonly algorithm: string },
  signal: AbortSignal,
): Promise<Buffer> {
  const flags = Buffer.alloc(4);
  flags.writeUInt32BE(flagsOf[request.algorithm.replace('-cert-v01@openssh.com', '')] ?? 0);
  const question = [
    Buffer.from([signRequest]),
    wireString(request.key.blob),
    wireString(request.data),
    flags,
  ];
  const reader = await ask(socketPath, Buffer.concat(question), signal);
  if (reader.byte() !== signResponse) throw new Error('The ssh agent refused to sign.');
  return Buffer.from(reader.string());
}

/** One question on a connection of its own. Throws a plain Error, or the signal's reason. */
async function ask(socketPath: string, question: Buffer, signal: AbortSignal): Promise<WireReader> {
  signal.throwIfAborted();
  const stream = await open(socketPath);
  const onAbort = () => stream.destroy();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    stream.write(wireString(question));
    return new WireReader(await readAnswer(stream));
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof MalformedWire) throw new Error('It answers with something else.');
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
    stream.destroy();
  }
}

/** ssh2 knows the sockets of OpenSSH, of Cygwin and of PuTTY's Pageant. */
function open(socketPath: string): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    ssh2.createAgent(socketPath).getStream?.((error, stream) => {
      if (!stream) reject(error ?? new Error('It cannot be reached.'));
      // The typings leave open which half; an agent's stream has both.
      else resolve(stream as Duplex);
    });
  });
}

function readAnswer(stream: Duplex): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let bytes = Buffer.alloc(0);
    stream.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      if (bytes.length < 4) return;
      const length = bytes.readUInt32BE();
      if (length > mostBytes) reject(new Error('It answers with something else.'));
      else if (bytes.length >= 4 + length) resolve(bytes.subarray(4, 4 + length));
    });
    stream.on('error', reject);
    stream.on('close', () => reject(new Error('It hung up.')));
    stream.on('end', () => reject(new Error('It hung up.')));
  });
}
