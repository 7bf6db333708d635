import { z } from 'zod';
import { id } from './inventory.ts';
import type { SshQuestion } from './ssh.ts';

const user = z.string().trim().min(1).max(255);
const host = z.string().trim().min(1).max(255);
const port = z.number().int().min(1).max(65535);

/** A line as in a .pub file. */
const publicLine = z
  .string()
  .max(300)
  .regex(/^ssh-ed25519 [A-Za-z0-9+/]{60,80}={0,2} [\x21-\x7e]{1,120}$/);

/** A key of Rackhelm's own, of which the public half is no secret. */
const appKey = z.object({ kind: z.literal('app-key'), publicKey: publicLine });

/** One context of a cluster; see electron/host/cluster/contexts. */
const kubeconfig = z.object({
  kind: z.literal('kubeconfig'),
  contextId: id,
  name: z.string().min(1).max(400),
});

/** What an engine that is reached over TLS is shown and known by; see electron/host/containers. */
const engineIdentity = z.object({ kind: z.literal('engine-identity'), engineId: id });

const typed = [
  z.object({
    kind: z.literal('ssh-password'),
    user,
    host,
    port,
    /** Jump hosts from first to last: behind another one the same address is another machine. */
    through: z.array(z.string().trim().min(1).max(800)).max(16).default([]),
  }),
  z.object({
    kind: z.literal('key-passphrase'),
    keyFile: z.string().min(1).max(4_096),
    /** `SHA256:…` of the public key; null where only the passphrase shows it. */
    fingerprint: z.string().max(100).nullable(),
  }),
  z.object({ kind: z.literal('sudo-password'), user, deviceId: id }),
  z.object({ kind: z.literal('sudo-password'), user, host, port: port.default(22) }),
  z.object({ kind: z.literal('token'), name: z.string().trim().min(1).max(200) }),
] as const;

/** What a secret that a person gives is for. */
export const typedSubject = z.union(typed);

/** What a secret is for. One that two machines could mean is never given to the other. */
export const secretSubject = z.union([...typed, appKey, kubeconfig, engineIdentity]);
export type SecretSubject = z.infer<typeof secretSubject>;

/** Characters of a secret, as in an answer to a question. */
export const mostSecret = 4_096;
/** Those of a kubeconfig hold certificates and keys. */
const mostKubeconfig = 128 * 1024;

export function mostOf({ kind }: Pick<SecretSubject, 'kind'>): number {
  return kind === 'kubeconfig' || kind === 'engine-identity' ? mostKubeconfig : mostSecret;
}

/** The same text for the same subject, whoever wrote it. */
export function subjectText(subject: SecretSubject): string {
  switch (subject.kind) {
    case 'ssh-password': {
      const { kind, user: who, host: where, port, through } = subject;
      return JSON.stringify({ kind, user: who, host: where.toLowerCase(), port, through });
    }
    case 'key-passphrase':
      return JSON.stringify({
        kind: subject.kind,
        keyFile: subject.keyFile,
        fingerprint: subject.fingerprint,
      });
    case 'sudo-password':
      return 'deviceId' in subject
        ? JSON.stringify({ kind: subject.kind, user: subject.user, deviceId: subject.deviceId })
        : JSON.stringify({
            kind: subject.kind,
            user: subject.user,
            host: subject.host.toLowerCase(),
            port: subject.port,
          });
    case 'token':
      return JSON.stringify({ kind: subject.kind, name: subject.name });
    case 'app-key':
      return JSON.stringify({ kind: subject.kind, publicKey: subject.publicKey });
    case 'kubeconfig':
      return JSON.stringify({
        kind: subject.kind,
        contextId: subject.contextId,
        name: subject.name,
      });
    case 'engine-identity':
      return JSON.stringify({ kind: subject.kind, engineId: subject.engineId });
  }
}

/** A hidden prompt that wants the login password, and neither a code nor a new password. */
const wantsPassword =
  /pass\s?(word|wort)|mot de passe|contrase|senha|wachtwoord|lösenord|adgangskode|hasło|heslo|parol/i;
const wantsOther = /\b(new|neu|re-?type|repeat|again|one.?time|otp|code|token|pin|verification)/i;

/** What the answer to a question could be remembered for; null: it is none to remember. */
export function subjectOf(question: SshQuestion): SecretSubject | null {
  switch (question.kind) {
    case 'password': {
      const { user: who, address, port, through } = question;
      return { kind: 'ssh-password', user: who, host: address, port, through };
    }
    case 'passphrase': {
      const { keyFile, fingerprint } = question;
      return { kind: 'key-passphrase', keyFile, fingerprint };
    }
    case 'keyboard-interactive': {
      const [only, ...more] = question.prompts;
      if (only === undefined || more.length > 0 || only.echo) return null;
      if (!wantsPassword.test(only.prompt) || wantsOther.test(only.prompt)) return null;
      const { user: who, address, port, through } = question;
      return { kind: 'ssh-password', user: who, host: address, port, through };
    }
    default:
      return null;
  }
}

/** How the store opens. */
export const secretWay = z.enum(['safe-storage', 'keyring', 'passphrase']);
export type SecretWay = z.infer<typeof secretWay>;

const problem = z.object({ code: z.string(), message: z.string(), hint: z.string() });

export const secretsStatus = z.object({
  state: z.enum(['not-set-up', 'locked', 'open']),
  /** Ways other than the recovery key that are set up, on this computer or another. */
  ways: z.array(secretWay),
  /** The key store that this window or command would use. */
  keyStore: z.object({ name: z.string(), usable: z.boolean(), why: z.string().nullable() }),
  /** Why it does not open by itself although a key store has its key. */
  problem: problem.nullable(),
  /** When the recovery key was made; null: there is none. UTC milliseconds. */
  recoveryMadeAt: z.number().int().nullable(),
  stored: z.number().int(),
  lockAfterMinutes: z.number().int().nullable(),
});
export type SecretsStatus = z.infer<typeof secretsStatus>;

/** What is stored: never the value. Times are UTC milliseconds. */
export const listedSecret = z.object({
  id,
  subject: secretSubject,
  storedAt: z.number().int(),
  usedAt: z.number().int().nullable(),
  workedAt: z.number().int().nullable(),
  /** It was not accepted the last time, and is not used by itself until it works again. */
  failedAt: z.number().int().nullable(),
});
export type ListedSecret = z.infer<typeof listedSecret>;

/** Somewhere that a key of Rackhelm's own has let in. */
export const keyLogin = z.object({
  user: z.string(),
  host: z.string(),
  port: z.number().int(),
  through: z.array(z.string()),
  at: z.number().int(),
});
export type KeyLogin = z.infer<typeof keyLogin>;

/** A key of Rackhelm's own: never its private half. */
export const listedKey = z.object({
  id,
  /** As in a .pub file. */
  publicKey: z.string(),
  /** As OpenSSH prints it. */
  sha256: z.string(),
  madeAt: z.number().int(),
  usedAt: z.number().int().nullable(),
  /** How many logins it is known to open. */
  opens: z.number().int(),
  /** Some of them, the last used first. */
  logins: z.array(keyLogin),
});
export type ListedKey = z.infer<typeof listedKey>;

/** Keeps a short text outside the database. Throws RackhelmError with a KEY_STORE_* code. */
export interface KeyStore {
  readonly way: 'safe-storage' | 'keyring';
  /** For people: `the keyring of this desktop`. */
  readonly name: string;
  /** Null: it can be used; else why not, as a sentence. */
  trouble(signal: AbortSignal): Promise<string | null>;
  /** Returns what `open` needs to find it again; not a secret. */
  seal(text: string, signal: AbortSignal): Promise<string>;
  open(sealed: string, signal: AbortSignal): Promise<string>;
  /** Forgets it; that it is gone already is no failure. */
  drop(sealed: string, signal: AbortSignal): Promise<void>;
}

/** What came of trying a secret where it belongs. `unknown`: it could not be tried. */
export const secretTest = z.object({
  outcome: z.enum(['works', 'wrong', 'unknown']),
  message: z.string(),
});
export type SecretTest = z.infer<typeof secretTest>;
