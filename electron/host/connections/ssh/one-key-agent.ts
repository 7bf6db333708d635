import ssh2 from 'ssh2';
import type { PublicKey } from './keys/public-key.ts';

/** `algorithm` is what the server was offered: for RSA it says which hash to sign with. */
type Sign = (data: Buffer, algorithm: string, done: ssh2.SignCallback) => void;

/** A key as ssh2 carries it about; ours goes over the wire as it is (see offerKeysAsTheyAre). */
export interface OfferedKey {
  readonly offered: PublicKey;
  /** Set when it is offered. */
  algorithm: string;
}

/**
 * ssh2 knows neither certificates nor security keys, and takes whatever derives from a key that it
 * parsed. This one is never used itself.
 */
const parsed = ssh2.utils.parseKey(
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
);

function offer(key: PublicKey): OfferedKey {
  return Object.create(parsed, {
    // Of no kind that ssh2 knows, so that it chooses no algorithm by itself.
    type: { value: 'offered-key' },
    offered: { value: key },
    algorithm: { value: key.type, writable: true },
  });
}

/** Whether this is a key of ours. */
export function isOffered(key: unknown): key is OfferedKey {
  return typeof key === 'object' && key !== null && 'offered' in key && 'algorithm' in key;
}

/**
 * Lets ssh2 try one key in the manner of an agent: it shows the public half first and asks for a
 * signature only when the server would take the key. So a passphrase is asked for no earlier.
 */
export class OneKeyAgent extends ssh2.BaseAgent<Buffer> {
  readonly #key: OfferedKey;
  readonly #sign: Sign;

  constructor(key: PublicKey, sign: Sign) {
    super();
    this.#key = offer(key);
    this.#sign = sign;
  }

  override getIdentities(callback: ssh2.IdentityCallback<Buffer>): void {
    // The typings want a buffer or a parsed key; what derives from one is taken as one.
    callback(null, [this.#key as unknown as Buffer]);
  }

  override sign(
    _publicKey: Buffer,
    data: Buffer,
    options: ssh2.SigningRequestOptions | ssh2.SignCallback,
    callback: ssh2.SignCallback = () => {},
  ): void {
    // ssh2 reuses the memory of what is to be signed, and signing may have to wait for a person.
    const copy = Buffer.from(data);
    this.#sign(copy, this.#key.algorithm, typeof options === 'function' ? options : callback);
  }
}
