import ssh2 from 'ssh2';

export interface AgentKey {
  readonly publicKey: Buffer;
  readonly comment: string;
}

export type HashName = 'sha1' | 'sha256' | 'sha512';

// An agent that hangs must not take the whole connection with it.
const listTimeoutMs = 3000;

/** The keys that an ssh-agent offers. Throws a plain Error when it does not answer. */
export function listAgentKeys(socketPath: string): Promise<AgentKey[]> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error('The ssh agent does not answer.')),
      listTimeoutMs,
    );
    const settle = (act: () => void) => {
      clearTimeout(timer);
      act();
    };
    ssh2.createAgent(socketPath).getIdentities((error, keys) => {
      if (error) settle(() => reject(error));
      else settle(() => resolve((keys ?? []).flatMap(toAgentKey)));
    });
  });
}

/** Key types that ssh2 does not know (security keys) are left out. */
function toAgentKey(key: unknown): AgentKey[] {
  // The typings leave open in which of several forms a key comes; parseKey takes them all.
  const parsed = ssh2.utils.parseKey(key as Buffer);
  if (parsed instanceof Error) return [];
  return [{ publicKey: parsed.getPublicSSH(), comment: parsed.comment }];
}

export function signWithAgent(
  socketPath: string,
  publicKey: Buffer,
  data: Buffer,
  hash: HashName | undefined,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = hash === undefined ? {} : { hash };
    ssh2.createAgent(socketPath).sign(publicKey, data, options, (error, signature) => {
      if (signature) resolve(signature);
      else reject(error ?? new Error('The ssh agent gave no signature.'));
    });
  });
}
