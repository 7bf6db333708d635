import { RackhelmError } from '../../../../shared/model/errors.ts';
import { agentIdentities } from './agent-keys.ts';
import { findCertificates, type KnownCertificate } from './certificates.ts';
import { cancelled } from './errors.ts';
import { fingerprints } from './fingerprints.ts';
import { heldIdentities } from './held-identities.ts';
import type { Hop } from './hop.ts';
import { type Identity, type IdentityContext, KeyPassedOver } from './identity.ts';
import { type KeyFile, readKeyFile, readPublicHalf, unlock } from './key-file.ts';
import type { PrivateKey } from './keys/private-key.ts';
import { isCertificateType, type PublicKey } from './keys/public-key.ts';

/** A key that was named, as far as it is on this computer. */
interface NamedKey {
  readonly path: string;
  readonly publicKey: PublicKey | null;
  /** Null where there is the public half only: then the agent has to hold the key. */
  readonly file: KeyFile | null;
  /** Why there is no private key to use. */
  readonly problem: RackhelmError | null;
}

interface Sources {
  readonly named: NamedKey | null;
  readonly others: readonly NamedKey[];
  readonly agent: readonly Identity[];
  readonly certificates: readonly KnownCertificate[];
}

/** MaxAuthTries of sshd is 6, and what else is tried wants one of them. */
const patience = 5;

/**
 * In OpenSSH's order: keys of the configuration that the agent holds, the agent's others (unless
 * IdentitiesOnly), then the files; before each key its certificates. What the caller named comes
 * before all of them, so that an agent full of keys cannot use up the server's patience first.
 * Throws SSH_KEY_UNREADABLE where the key that the caller named can be used in no way.
 */
export async function findIdentities(hop: Hop, context: IdentityContext): Promise<Identity[]> {
  const paths = new Set(hop.identityFiles);
  if (hop.namedIdentity !== null) paths.delete(hop.namedIdentity);
  const others = await Promise.all([...paths].map((path) => readNamed(path, context.signal)));
  const sources: Sources = {
    named: hop.namedIdentity === null ? null : await readNamed(hop.namedIdentity, context.signal),
    others,
    agent: await agentIdentities(hop.agentSocket, context),
    certificates: await findCertificates(hop, context),
  };
  return inOrder(sources, hop, context);
}

async function readNamed(path: string, signal: AbortSignal): Promise<NamedKey> {
  try {
    const file = await readKeyFile(path, signal);
    return { path, publicKey: file.publicKey, file, problem: null };
  } catch (error) {
    if (!(error instanceof RackhelmError) || signal.aborted) throw error;
    return { path, publicKey: await readPublicHalf(path, signal), file: null, problem: error };
  }
}

async function inOrder(
  { named, others, agent, certificates }: Sources,
  hop: Hop,
  context: IdentityContext,
): Promise<Identity[]> {
  const { identitiesOnly, identitiesConfigured } = hop;
  const agentKeys = await Promise.all(
    agent.map(async (identity) => ({ identity, key: await identity.publicKey() })),
  );
  const inAgent = ({ publicKey }: NamedKey) =>
    agentKeys.find(({ key }) => key && publicKey?.blob.equals(key.blob))?.identity ?? null;
  const onFile = (key: NamedKey) => (key.file ? fileIdentity(key.file, context) : null);
  const chosen = (key: Identity | null) => key && { ...key, configured: identitiesConfigured };
  const first = named && (inAgent(named) ?? onFile(named));
  if (named?.problem && !first) throw named.problem;
  for (const { problem } of others.filter((key) => !inAgent(key))) {
    // A default key that is not there is the usual case and not worth a word.
    if (problem && !/does not exist/.test(problem.message)) context.note(problem.message);
  }
  const usual = [
    ...others.map(inAgent),
    ...(identitiesOnly ? [] : agent),
    ...others.map((key) => (inAgent(key) ? null : chosen(onFile(key)))),
  ];
  const keys = withHeld(first, usual, hop, context);
  const all = (await Promise.all(keys.map((key) => withCertificates(key, certificates)))).flat();
  return hop.onlyKey === undefined ? all : await only(hop.onlyKey, all);
}

/**
 * Held keys come last, as ssh would know nothing of them; but where one has let in before, and the others
 * would use up the patience of the server, it comes first.
 */
function withHeld(
  first: Identity | null,
  usual: readonly (Identity | null)[],
  hop: Hop,
  context: IdentityContext,
): Identity[] {
  const isKey = (identity: Identity | null) => identity !== null;
  const before = [...new Set([first, ...usual].filter(isKey))];
  const held = heldIdentities(context.heldKeys, hop, context);
  const early = before.length > patience;
  const of = (isEarly: boolean) =>
    held
      .filter(({ letInBefore }) => (early && letInBefore) === isEarly)
      .map(({ identity }) => identity);
  return [
    ...(first ? [first] : []),
    ...of(true),
    ...before.filter((key) => key !== first),
    ...of(false),
  ];
}

async function only(blob: string, identities: readonly Identity[]): Promise<Identity[]> {
  // One that tells its public half for a passphrase alone is not the one that is meant.
  const keys = await Promise.all(identities.map((one) => one.publicKey().catch(() => null)));
  return identities.filter((_, at) => keys[at]?.blob.toString('base64') === blob);
}

/** The certificates of a key come before it: a server that knows their authority wants no other. */
async function withCertificates(
  identity: Identity,
  certificates: readonly KnownCertificate[],
): Promise<Identity[]> {
  if (certificates.length === 0) return [identity];
  const key = await identity.publicKey();
  const own = certificates.filter(({ certificate }) => key?.blob.equals(certificate.plainBlob));
  return [
    ...own.map(({ path, certificate }) => ({
      label: path,
      configured: identity.configured ?? false,
      publicKey: async () => certificate.key,
      sign: identity.sign,
    })),
    identity,
  ];
}

function fileIdentity(file: KeyFile, context: IdentityContext): Identity {
  return {
    label: file.path,
    async publicKey() {
      if (file.publicKey) return file.publicKey;
      try {
        return (await unlockedKey(file, context)).publicKey;
      } catch (error) {
        if (error instanceof KeyPassedOver) return null;
        throw error;
      }
    },
    sign: async (data, algorithm) =>
      (await unlockedKey(file, context)).sign(data, plainAlgorithm(algorithm)),
  };
}

/** A certificate is signed for with the key alone. */
function plainAlgorithm(algorithm: string): string {
  return isCertificateType(algorithm) ? algorithm.replace('-cert-v01@openssh.com', '') : algorithm;
}

const maxAttempts = 3;

async function unlockedKey(file: KeyFile, context: IdentityContext): Promise<PrivateKey> {
  if (!file.encrypted) {
    const key = await unlock(file, undefined, context.signal);
    if (key) return key;
    throw passphraseWrong(file);
  }
  const release = context.hold();
  try {
    return await context.memory.inTurn(file.digest, async () => {
      const remembered = context.memory.unlockedKey(file.digest);
      if (remembered) return remembered;
      if (context.signal.aborted) throw cancelled(context.signal);
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
    const fingerprint = file.publicKey && fingerprints(file.publicKey.blob).sha256;
    const question = { kind: 'passphrase', keyFile: file.path, fingerprint, attempt } as const;
    const answer = await context.ask(question);
    if (answer.kind !== 'secret') throw cancelled();
    if (answer.secret === '') throw new KeyPassedOver(`No passphrase for ${file.path}.`);
    const key = await unlock(file, answer.secret, context.signal);
    if (key) {
      if (answer.worked) context.whenIn(answer.worked);
      return key;
    }
    answer.wrong?.();
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
