import { RackhelmError } from '../../../../shared/model/errors.ts';
import {
  type SecretSubject,
  type SecretTest,
  subjectOf,
  subjectText,
} from '../../../../shared/model/secrets.ts';
import type { SshTarget } from '../../../../shared/model/ssh.ts';
import { type Answer, type Ask, opensKey, type SshPool } from '../../connections/ssh/index.ts';
import type { OfferedSecret, Secrets } from './secrets.ts';

export interface SecretTesterOptions {
  readonly secrets: Pick<Secrets, 'get'>;
  /** A pool of its own, so that no connection that stands already says yes. */
  readonly openPool: (
    authMethods?: readonly ('password' | 'keyboard-interactive')[],
  ) => Promise<SshPool>;
  /** How to reach a device. */
  readonly targetOf: (deviceId: string) => SshTarget;
  /** Devices at this host: their ways in have keys and jump hosts that a name and a port lack. */
  readonly devicesAt: (host: string) => readonly {
    readonly id: string;
    readonly port: number | null;
    readonly user: string | null;
  }[];
  /** Answers what is not about the secret in question, without a person. */
  readonly ask: Ask;
}

/** Tries a stored secret where it belongs, and notes how it went. */
export type TestSecret = (id: string, signal: AbortSignal) => Promise<SecretTest>;

export function createSecretTester(options: SecretTesterOptions): TestSecret {
  return async (id, signal) => {
    const known = options.secrets.get(id);
    const offered = await known.read();
    try {
      const result = await tryOut(known.subject, offered, { ...options, signal });
      if (result.outcome === 'works') offered.worked();
      if (result.outcome === 'wrong') offered.wrong();
      return result;
    } catch (error) {
      if (!(error instanceof RackhelmError)) throw error;
      return { outcome: 'unknown', message: error.message };
    }
  };
}

type Trying = SecretTesterOptions & { readonly signal: AbortSignal };

function tryOut(
  subject: SecretSubject,
  { secret }: OfferedSecret,
  trying: Trying,
): Promise<SecretTest> {
  switch (subject.kind) {
    case 'ssh-password':
      return tryLogin(subject, secret, trying);
    case 'key-passphrase':
      return tryKey(subject.keyFile, secret, trying.signal);
    case 'sudo-password':
      return trySudo(subject, secret, trying);
    case 'app-key':
      return Promise.resolve(works('It can be read.'));
    case 'token':
      return Promise.resolve(unknown('Rackhelm does not know where to try a token.'));
    case 'kubeconfig':
      return Promise.resolve(unknown('Test this context of its cluster instead.'));
    case 'engine-identity':
      return Promise.resolve(unknown('Test its container engine instead.'));
  }
}

async function tryKey(keyFile: string, secret: string, signal: AbortSignal): Promise<SecretTest> {
  if (await opensKey(keyFile, secret, signal)) return works(`It opens ${keyFile}.`);
  return wrong(`It does not open ${keyFile}.`);
}

async function tryLogin(
  subject: Extract<SecretSubject, { kind: 'ssh-password' }>,
  secret: string,
  { openPool, ask, signal }: Trying,
): Promise<SecretTest> {
  const { user, host, port, through } = subject;
  const seen = { worked: false, wrong: false };
  const answering: Ask = async (question, left): Promise<Answer> => {
    const asked = subjectOf(question);
    if (asked === null || subjectText(asked) !== subjectText(subject)) return ask(question, left);
    if (seen.wrong || ('attempt' in question && question.attempt > 1)) {
      seen.wrong = true;
      return { kind: 'cancel' };
    }
    const noteAs = (what: keyof typeof seen) => () => {
      seen[what] = true;
    };
    return { kind: 'secret', secret, worked: noteAs('worked'), wrong: noteAs('wrong') };
  };
  const pool = await openPool(['keyboard-interactive', 'password']);
  try {
    const target = { host, port, user, ...(through.length > 0 ? { jump: through } : {}) };
    const connection = await pool.connect(target, { ask: answering, signal, attended: false });
    connection.release();
  } catch (error) {
    if (!seen.wrong) throw error;
  } finally {
    await pool.close();
  }
  if (seen.wrong) return wrong(`${host} did not let ${user} in with it.`);
  if (seen.worked) return works(`${host} let ${user} in with it.`);
  return unknown(`${host} let ${user} in without asking for it.`);
}

async function trySudo(
  subject: Extract<SecretSubject, { kind: 'sudo-password' }>,
  secret: string,
  { openPool, targetOf, devicesAt, ask, signal }: Trying,
): Promise<SecretTest> {
  const { user } = subject;
  const reached = (): SshTarget => {
    if ('deviceId' in subject) return targetOf(subject.deviceId);
    const { host, port } = subject;
    const device = devicesAt(host).find(
      (one) => (one.port ?? 22) === port && (one.user ?? user) === user,
    );
    return device === undefined ? { host, port, user } : targetOf(device.id);
  };
  const pool = await openPool();
  try {
    const connection = await pool.connect(reached(), { ask, signal, attended: false });
    const { host, user: who } = connection.resolved;
    if (who !== user) return unknown(`Rackhelm logs in to ${host} as ${who} now, not as ${user}.`);
    const without = await connection.exec('LC_ALL=C sudo -k -n true', { signal });
    if (without.exitCode === 0) return unknown(`${user} needs no password for sudo on ${host}.`);
    const command = "LC_ALL=C sudo -k -S -p '' true";
    const run = await connection.exec(command, { signal, stdin: `${secret}\n` });
    if (run.exitCode === 0) return works(`sudo on ${host} takes it from ${user}.`);
    const said = run.stderr.toString('utf8');
    if (/try again|incorrect password|no password was provided/i.test(said)) {
      return wrong(`sudo on ${host} does not take it from ${user}.`);
    }
    return unknown(`sudo on ${host} did not run for ${user}.`);
  } finally {
    await pool.close();
  }
}

const works = (message: string): SecretTest => ({ outcome: 'works', message });
const wrong = (message: string): SecretTest => ({ outcome: 'wrong', message });
const unknown = (message: string): SecretTest => ({ outcome: 'unknown', message });
