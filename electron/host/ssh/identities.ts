import type { ParsedKey } from 'ssh2';
import { RackhelmError } from '../../../shared/model/errors.ts';
import type { SshAnswer, SshQuestion } from '../../../shared/model/ssh.ts';
import { type HashName, listAgentKeys, signWithAgent } from './agent.ts';
import { cancelled } from './errors.ts';
import type { Hop } from './hop.ts';
import { type KeyFile, readKeyFile, readPublicHalf, unlock } from './key-file.ts';
import type { SecretMemory } from './secret-memory.ts';

/** A key to try. Nothing is unlocked before the server said that it would take this key. */
export interface Identity {
  /** For the person: the path, or what the agent calls it. */
  readonly label: string;
  /** May have to ask for the passphrase; null when the person passed this key over. */
  publicKey(): Promise<Buffer | null>;
  sign(data: Buffer, hash: HashName | undefined): Promise<Buffer>;
}

/** The person gave no passphrase: on to the next key, as OpenSSH does. */
export class KeyPassedOver extends Error {
  override readonly name = 'KeyPassedOver';
}

export interface IdentityContext {
  readonly ask: (question: SshQuestion) => Promise<SshAnswer>;
  readonly memory: SecretMemory;
  /** Stops the clocks while another connection asks for the passphrase of the same key. */
  readonly hold: () => () => void;
  /** Told about keys that cannot be tried, and why. */
  readonly note: (text: string) => void;
}

/** A key that was named, as far as it is on this computer. */
interface NamedKey {
  readonly path: string;
  readonly publicKey: Buffer | null;
  /** Null where there is the public half only: then the agent has to hold the key. */
  readonly file: KeyFile | null;
  /** Why there is no private key to use. */
  readonly problem: RackhelmError | null;
}

interface Sources {
  readonly named: NamedKey | null;
  readonly others: readonly NamedKey[];
  readonly agent: readonly Identity[];
}

/**
 * In OpenSSH's order: keys of the configuration that the agent holds, the agent's others (unless
 * IdentitiesOnly), then the files. What the caller named comes before all of them, so that an agent
 * full of keys cannot use up the server's patience first. Throws SSH_KEY_UNREADABLE where the key
 * that the caller named can be used in no way.
 */
export async function findIdentities(hop: Hop, context: IdentityContext): Promise<Identity[]> {
  const paths = new Set(hop.identityFiles);
  if (hop.namedIdentity !== null) paths.delete(hop.namedIdentity);
  const others = await Promise.all([...paths].map(readNamed));
  const sources: Sources = {
    named: hop.namedIdentity === null ? null : await readNamed(hop.namedIdentity),
    others,
    agent: await agentIdentities(hop.agentSocket, context),
  };
  return inOrder(sources, hop.identitiesOnly, context);
}

async function readNamed(path: string): Promise<NamedKey> {
  try {
    const file = await readKeyFile(path);
    return { path, publicKey: file.publicKey, file, problem: null };
  } catch (error) {
    if (!(error instanceof RackhelmError)) throw error;
    return { path, publicKey: await readPublicHalf(path), file: null, problem: error };
  }
}

async function inOrder(
  { named, others, agent }: Sources,
  identitiesOnly: boolean,
  context: IdentityContext,
): Promise<Identity[]> {
  const agentKeys = await Promise.all(
    agent.map(async (identity) => ({ identity, key: await identity.publicKey() })),
  );
  const held = ({ publicKey }: NamedKey) =>
    agentKeys.find(({ key }) => key && publicKey?.equals(key))?.identity ?? null;
  const onFile = (key: NamedKey) => (key.file ? fileIdentity(key.file, context) : null);
  const first = named && (held(named) ?? onFile(named));
  if (named?.problem && !first) throw named.problem;
  for (const { problem } of others.filter((key) => !held(key))) {
    // A default key that is not there is the usual case and not worth a word.
    if (problem && !/does not exist/.test(problem.message)) context.note(problem.message);
  }
  const all = [
    first,
    ...others.map(held),
    ...(identitiesOnly ? [] : agent),
    ...others.map((key) => (held(key) ? null : onFile(key))),
  ];
  return [...new Set(all.filter((identity) => identity !== null))];
}

async function agentIdentities(
  socketPath: string | null,
  context: IdentityContext,
): Promise<Identity[]> {
  if (socketPath === null) return [];
  try {
    const keys = await listAgentKeys(socketPath);
    return keys.map(({ publicKey, comment }) => ({
      label: comment ? `${comment} (agent)` : 'a key of the ssh agent',
      publicKey: async () => publicKey,
      sign: (data, hash) => signWithAgent(socketPath, publicKey, data, hash),
    }));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    context.note(`The ssh agent is passed over: ${why}`);
    return [];
  }
}

function fileIdentity(file: KeyFile, context: IdentityContext): Identity {
  return {
    label: file.path,
    async publicKey() {
      if (file.publicKey) return file.publicKey;
      try {
        return (await unlockedKey(file, context)).getPublicSSH();
      } catch (error) {
        if (error instanceof KeyPassedOver) return null;
        throw error;
      }
    },
    async sign(data, hash) {
      // The typings deny what ssh2 does here: it returns an Error instead of throwing it.
      const signature: Buffer | Error = (await unlockedKey(file, context)).sign(data, hash);
      if (signature instanceof Error) throw signature;
      return signature;
    },
  };
}

const maxAttempts = 3;

async function unlockedKey(file: KeyFile, context: IdentityContext): Promise<ParsedKey> {
  if (!file.encrypted) {
    const key = unlock(file);
    if (key) return key;
    throw passphraseWrong(file);
  }
  const release = context.hold();
  try {
    return await context.memory.inTurn(file.digest, async () => {
      const remembered = context.memory.unlockedKey(file.digest);
      if (remembered) return remembered;
      const key = await askPassphrase(file, context);
      if (!key) throw passphraseWrong(file);
      context.memory.rememberKey(file.digest, key);
      return key;
    });
  } finally {
    release();
  }
}

async function askPassphrase(file: KeyFile, context: IdentityContext) {
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const answer = await context.ask({ kind: 'passphrase', keyFile: file.path, attempt });
    if (answer.kind !== 'secret') throw cancelled();
    if (answer.secret === '') throw new KeyPassedOver(`No passphrase for ${file.path}.`);
    const key = unlock(file, answer.secret);
    if (key) return key;
  }
  return null;
}

function passphraseWrong(file: KeyFile): RackhelmError {
  return new RackhelmError(
    'SSH_PASSPHRASE_WRONG',
    `The passphrase of ${file.path} was wrong ${maxAttempts} times.`,
    { data: { keyFile: file.path } },
  );
}
