import ssh2 from 'ssh2';
import type { HashName } from './agent.ts';
import type { Identity } from './identities.ts';

interface Hooks {
  /** The server wants this key: it is going to sign. */
  readonly onSign: () => void;
  /** Trouble that ends the whole attempt, such as a wrong passphrase. Others go to the next key. */
  readonly onFatal: (error: unknown) => boolean;
}

/**
 * Lets ssh2 try one key in the manner of an agent: it shows the public half first and asks for a
 * signature only when the server would take the key. So a passphrase is asked for no earlier.
 */
export class OneKeyAgent extends ssh2.BaseAgent<Buffer> {
  readonly #identity: Identity;
  readonly #publicKey: Buffer;
  readonly #hooks: Hooks;

  constructor(identity: Identity, publicKey: Buffer, hooks: Hooks) {
    super();
    this.#identity = identity;
    this.#publicKey = publicKey;
    this.#hooks = hooks;
  }

  override getIdentities(callback: ssh2.IdentityCallback<Buffer>): void {
    callback(null, [this.#publicKey]);
  }

  override sign(
    _publicKey: Buffer,
    data: Buffer,
    options: ssh2.SigningRequestOptions | ssh2.SignCallback,
    callback?: ssh2.SignCallback,
  ): void {
    const done = typeof options === 'function' ? options : callback;
    const hash: HashName | undefined = typeof options === 'function' ? undefined : options.hash;
    this.#signWith(data, hash).then(
      (signature) => done?.(null, signature),
      (error: unknown) => {
        if (this.#hooks.onFatal(error)) return;
        done?.(error instanceof Error ? error : new Error(String(error)));
      },
    );
  }

  async #signWith(data: Buffer, hash: HashName | undefined): Promise<Buffer> {
    const signature = await this.#identity.sign(data, hash);
    this.#hooks.onSign();
    return signature;
  }
}
