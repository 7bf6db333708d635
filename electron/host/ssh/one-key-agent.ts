import ssh2 from 'ssh2';
import type { HashName } from './agent.ts';

type Sign = (data: Buffer, hash: HashName | undefined, done: ssh2.SignCallback) => void;

/**
 * Lets ssh2 try one key in the manner of an agent: it shows the public half first and asks for a
 * signature only when the server would take the key. So a passphrase is asked for no earlier.
 */
export class OneKeyAgent extends ssh2.BaseAgent<Buffer> {
  readonly #publicKey: Buffer;
  readonly #sign: Sign;

  constructor(publicKey: Buffer, sign: Sign) {
    super();
    this.#publicKey = publicKey;
    this.#sign = sign;
  }

  override getIdentities(callback: ssh2.IdentityCallback<Buffer>): void {
    callback(null, [this.#publicKey]);
  }

  override sign(
    _publicKey: Buffer,
    data: Buffer,
    options: ssh2.SigningRequestOptions | ssh2.SignCallback,
    callback: ssh2.SignCallback = () => {},
  ): void {
    // ssh2 reuses the memory of what is to be signed, and signing may have to wait for a person.
    const copy = Buffer.from(data);
    if (typeof options === 'function') this.#sign(copy, undefined, options);
    else this.#sign(copy, options.hash, callback);
  }
}
