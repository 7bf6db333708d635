import type { Client } from 'ssh2';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { MalformedWire, WireReader } from './keys/wire.ts';

/** What one side offers, as far as both have to agree. */
export interface Offer {
  readonly kex: readonly string[];
  readonly hostKey: readonly string[];
  readonly cipher: readonly string[];
  readonly mac: readonly string[];
}

const kexInit = 20;
const mostBytes = 64 * 1024;

/** Reads the offer that a server sends in the clear right after its greeting (RFC 4253, 7.1). */
export class OfferWatch {
  #bytes: Buffer = Buffer.alloc(0);
  #done = false;
  offer: Offer | null = null;

  push(chunk: Buffer): void {
    if (this.#done) return;
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    this.#done = this.#read() || this.#bytes.length > mostBytes;
    if (this.#done) this.#bytes = Buffer.alloc(0);
  }

  #read(): boolean {
    const text = this.#bytes.toString('latin1');
    const greeting = /(?:^|\n)SSH-[^\n]*\n/.exec(text);
    if (!greeting) return false;
    const packet = this.#bytes.subarray(greeting.index + greeting[0].length);
    if (packet.length < 6 || packet.length < 4 + packet.readUInt32BE()) return false;
    if (packet[5] !== kexInit) return true;
    try {
      this.offer = readOffer(packet.subarray(6 + 16));
    } catch (error) {
      if (!(error instanceof MalformedWire)) throw error;
    }
    return true;
  }
}

function readOffer(body: Buffer): Offer {
  const reader = new WireReader(body);
  const list = () => reader.text().split(',').filter(isName);
  const [kex, hostKey, , cipher, , mac] = [list(), list(), list(), list(), list(), list()];
  return { kex: kex ?? [], hostKey: hostKey ?? [], cipher: cipher ?? [], mac: mac ?? [] };
}

/** Names that say what the connection can do are none of algorithms. */
function isName(name: string): boolean {
  return /^[\w@.+-]{1,64}$/.test(name) && !/^(?:ext-info|kex-strict)-/.test(name);
}

interface Lists {
  readonly array?: readonly string[];
}

/** What ssh2 offers for us; null where it is not as expected. */
export function ownOffer(client: Client): Offer | null {
  const { _protocol: protocol } = client as Client & {
    readonly _protocol?: {
      readonly _offer?: {
        readonly lists?: {
          readonly kex?: Lists;
          readonly serverHostKey?: Lists;
          readonly cs?: { readonly cipher?: Lists; readonly mac?: Lists };
        };
      };
    };
  };
  const lists = protocol?._offer?.lists;
  const names = (list: Lists | undefined) => (list?.array ?? []).filter(isName);
  if (!lists) return null;
  return {
    kex: names(lists.kex),
    hostKey: names(lists.serverHostKey),
    cipher: names(lists.cs?.cipher),
    mac: names(lists.cs?.mac),
  };
}

const kinds = [
  { part: 'kex', what: 'key exchange', keyword: 'KexAlgorithms', usual: 'curve25519-sha256' },
  { part: 'hostKey', what: 'kind of host key', keyword: 'HostKeyAlgorithms', usual: 'ssh-ed25519' },
  { part: 'cipher', what: 'cipher', keyword: 'Ciphers', usual: 'aes256-gcm@openssh.com' },
  { part: 'mac', what: 'MAC', keyword: 'MACs', usual: 'hmac-sha2-256-etm@openssh.com' },
] as const;

const newer = /sntrup|mlkem|ml-kem|kyber|curve448|ed448|ml-dsa|mldsa|aegis/i;
const old =
  /sha1(?:$|@)|^ssh-(?:dss|rsa)$|-cbc|arcfour|blowfish|cast128|3des|md5|ripemd|-96(?:$|-)/i;

/** The error where both sides share none of something; null where they do, or nothing is known. */
export function sharesNothing(
  where: string,
  theirs: Offer | null,
  ours: Offer | null,
): RackhelmError | null {
  if (!theirs || !ours) return null;
  const kind = kinds.find(({ part }) => !ours[part].some((name) => theirs[part].includes(name)));
  if (!kind) return null;
  const [offered, spoken] = [theirs[kind.part], ours[kind.part]];
  return new RackhelmError(
    'SSH_NOT_SSH',
    `${where} and Rackhelm share no ${kind.what}. It offers ${join(offered)}; Rackhelm speaks ${join(spoken)}.`,
    { hint: adviceOn(offered, kind), data: { kind: kind.keyword, theirs: offered, ours: spoken } },
  );
}

function adviceOn(offered: readonly string[], kind: (typeof kinds)[number]): string {
  const [modern, aged] = [
    offered.filter((name) => newer.test(name)),
    offered.filter((name) => old.test(name)),
  ];
  const allowThere = `Allow ${kind.usual} in its sshd_config (${kind.keyword}) as well.`;
  if (modern.length > 0)
    return `${join(modern)} ${modern.length > 1 ? 'are' : 'is'} newer than what Rackhelm speaks. ${allowThere}`;
  if (aged.length === 0 || aged.length < offered.length) return allowThere;
  const [first = ''] = aged;
  return (
    `What it offers is old. Update its SSH server; or, if you trust the way there, allow it for this ` +
    `host in your ssh configuration: ${kind.keyword} +${first}`
  );
}

function join(names: readonly string[]): string {
  const shown = names.slice(0, 12);
  const rest = names.length - shown.length;
  return `${shown.join(', ') || 'none'}${rest > 0 ? ` and ${rest} more` : ''}`;
}
