import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { ConnectOptions } from '../../electron/host/connections/ssh/index.ts';
import type { SshAnswer, SshQuestion } from '../../shared/model/ssh.ts';
import {
  type Account,
  describeWith,
  errorOf,
  type KeyPair,
  makeAccount,
  makeKey,
  never,
  type Sshd,
  startAgent,
  TestBed,
  useTestBed,
} from './sshd/index.ts';

const secret = (value: string) => ({ kind: 'secret', secret: value }) as const;
const responses = (value: string): SshAnswer => ({ kind: 'responses', responses: [value] });
const kinds = (questions: readonly SshQuestion[]) =>
  questions.map(({ kind }) => kind).filter((kind) => kind !== 'unknown-host-key');

/** A person who takes that long to answer questions of that kind. */
function slowly(options: ConnectOptions, kind: SshQuestion['kind'], ms: number): ConnectOptions {
  return {
    ...options,
    ask: async (question, signal) => {
      const answer = await options.ask(question, signal);
      if (question.kind === kind) await pause(ms);
      return answer;
    },
  };
}

describeWith(['sshd'], 'logging in with key files', () => {
  const bed = useTestBed();

  for (const kind of ['ed25519', 'rsa', 'ecdsa'] as const) {
    it(`takes an ${kind} key, plain and encrypted, and verifies an ${kind} host key`, async () => {
      const plain = makeKey(bed.directory, `plain-${kind}`, { kind });
      const locked = makeKey(bed.directory, `locked-${kind}`, { kind, passphrase: 'open sesame' });
      const authorized = [plain.publicLine, locked.publicLine];
      const sshd = await bed.sshd({ authorized, hostKeys: [kind] });
      const client = bed.client();
      const answers = { passphrase: secret('open sesame') };
      for (const key of [plain, locked]) {
        const target = bed.target(sshd, { identityFile: key.path });
        const connection = await client.pool.connect(target, client.options(answers));
        expect((await connection.exec('echo in', { signal: never })).exitCode).toBe(0);
      }
      expect(client.questions).toMatchObject([
        { kind: 'unknown-host-key', key: { type: sshd.hostKeys[0]?.type } },
        { kind: 'passphrase', keyFile: locked.path, attempt: 1 },
      ]);
    });
  }

  it('signs with rsa-sha2-512 where a server takes nothing else', async () => {
    const key = makeKey(bed.directory, 'rsa-512', { kind: 'rsa' });
    const sshd = await bed.sshd({
      authorized: [key.publicLine],
      hostKeys: ['rsa'],
      config: ['PubkeyAcceptedAlgorithms rsa-sha2-512', 'HostKeyAlgorithms rsa-sha2-512'],
    });
    const client = bed.client();
    const target = bed.target(sshd, { identityFile: key.path });
    await expect(client.pool.connect(target, client.options())).resolves.toBeDefined();
  });

  it.each(['rsa-sha2-256', '-rsa-sha2-512', '^rsa-sha2-256,rsa-sha2-512'])(
    'signs as PubkeyAcceptedAlgorithms %s says',
    async (setting) => {
      const key = makeKey(bed.directory, `accepted-${setting.length}`, { kind: 'rsa' });
      const sshd = await bed.sshd({
        authorized: [key.publicLine],
        config: ['PubkeyAcceptedAlgorithms rsa-sha2-256'],
      });
      const configFile = path.join(bed.directory, `accepted-${setting.length}.conf`);
      writeFileSync(configFile, `PubkeyAcceptedAlgorithms ${setting}\n`);
      const client = bed.client({ configFile });
      const target = bed.target(sshd, { identityFile: key.path });
      await expect(client.pool.connect(target, client.options())).resolves.toBeDefined();
    },
  );

  it('shows no key that PubkeyAcceptedAlgorithms leaves out, and says so', async () => {
    const sshd = await bed.sshd();
    const configFile = path.join(bed.directory, 'left-out.conf');
    writeFileSync(configFile, 'PubkeyAcceptedAlgorithms -ssh-ed25519\n');
    const client = bed.client({ configFile });
    const error = await errorOf(client.pool.connect(bed.target(sshd), client.options()));
    expect(error.data).toMatchObject({ tried: [], offered: ['publickey'] });
    expect(error.hint).toBe(`PubkeyAcceptedAlgorithms leaves out ${bed.key.path} (ssh-ed25519).`);
  });

  it('unlocks an old PEM key, whose public half only the passphrase shows', async () => {
    const key = makeKey(bed.directory, 'pem', { kind: 'rsa', passphrase: 'abcdef', pem: true });
    const alone = path.join(bed.directory, 'pem-alone');
    copyFileSync(key.path, alone);
    chmodSync(alone, 0o600);
    const sshd = await bed.sshd({ authorized: [key.publicLine] });
    const client = bed.client();
    const target = bed.target(sshd, { identityFile: alone });
    await client.pool.connect(target, client.options({ passphrase: secret('abcdef') }));
    expect(kinds(client.questions)).toEqual(['passphrase']);
  });

  it('asks three times for a passphrase, then says that it is wrong and not what was typed', async () => {
    const key = makeKey(bed.directory, 'locked', { passphrase: 'right' });
    const sshd = await bed.sshd({ authorized: [key.publicLine] });
    const client = bed.client();
    const target = bed.target(sshd, { identityFile: key.path });
    const error = await errorOf(
      client.pool.connect(target, client.options({ passphrase: secret('s3cr3t-guess') })),
    );
    expect(error.code).toBe('SSH_PASSPHRASE_WRONG');
    expect(client.questions.flatMap((q) => (q.kind === 'passphrase' ? [q.attempt] : []))).toEqual([
      1, 2, 3,
    ]);
    expect(JSON.stringify([error, error.message, error.stack, error.data])).not.toContain('s3cr3t');
  });

  it('takes the right passphrase at the third attempt', async () => {
    const key = makeKey(bed.directory, 'third', { passphrase: 'right' });
    const sshd = await bed.sshd({ authorized: [key.publicLine] });
    const client = bed.client();
    const passphrase = (question: SshQuestion) =>
      secret(question.kind === 'passphrase' && question.attempt === 3 ? 'right' : 'wrong');
    const target = bed.target(sshd, { identityFile: key.path });
    await expect(
      client.pool.connect(target, client.options({ passphrase })),
    ).resolves.toBeDefined();
  });

  it('asks for no passphrase of a key that the server would not take', async () => {
    const key = makeKey(bed.directory, 'stranger', { passphrase: 'right' });
    const sshd = await bed.sshd();
    const client = bed.client();
    const target = bed.target(sshd, { identityFile: key.path });
    const error = await errorOf(client.pool.connect(target, client.options()));
    expect(error.code).toBe('SSH_AUTH_FAILED');
    expect(error.data).toMatchObject({ tried: [`key ${key.path}`], offered: ['publickey'] });
    expect(kinds(client.questions)).toEqual([]);
  });

  it('asks once for a passphrase that several machines need at once', async () => {
    const key = makeKey(bed.directory, 'shared', { passphrase: 'right' });
    const authorized = [key.publicLine];
    const machines = await Promise.all([1, 2, 3, 4].map(() => bed.sshd({ authorized })));
    const client = bed.client();
    const options = slowly(client.options({ passphrase: secret('right') }), 'passphrase', 800);
    await Promise.all(
      machines.map((sshd) =>
        client.pool.connect(bed.target(sshd, { identityFile: key.path }), options),
      ),
    );
    expect(kinds(client.questions)).toEqual(['passphrase']);
  });

  it('uses a passphrase that came after sshd had lost patience', async () => {
    const key = makeKey(bed.directory, 'slow', { passphrase: 'right' });
    const sshd = await bed.sshd({
      authorized: [key.publicLine],
      config: ['LoginGraceTime 1'],
    });
    const client = bed.client();
    const options = client.options({ passphrase: secret('right') });
    await client.pool.connect(
      bed.target(sshd, { identityFile: key.path }),
      slowly(options, 'passphrase', 2000),
    );
    expect(kinds(client.questions)).toEqual(['passphrase']);
  });

  it('ends with SSH_CANCELLED when the person cancels', async () => {
    const key = makeKey(bed.directory, 'cancel', { passphrase: 'right' });
    const sshd = await bed.sshd({ authorized: [key.publicLine] });
    const client = bed.client();
    const target = bed.target(sshd, { identityFile: key.path });
    const error = await errorOf(client.pool.connect(target, client.options()));
    expect(error.code).toBe('SSH_CANCELLED');
  });

  it('says what is wrong with a named key file', async () => {
    const sshd = await bed.sshd();
    const client = bed.client();
    const loose = makeKey(bed.directory, 'loose');
    chmodSync(loose.path, 0o644);
    const cases = [
      [path.join(bed.directory, 'absent'), /does not exist/],
      [`${bed.key.path}.pub`, /is the public half of a key/],
      [loose.path, /may be read by others/],
      ['/dev/null', /is not a file/],
    ] as const;
    for (const [identityFile, sentence] of cases) {
      const target = bed.target(sshd, { identityFile });
      const error = await errorOf(client.pool.connect(target, client.options()));
      expect(error.code).toBe('SSH_KEY_UNREADABLE');
      expect(error.message).toMatch(sentence);
    }
  });
});

describeWith(['sshd'], 'logging in with an agent', () => {
  const bed = useTestBed();

  const agentWith = async (keys: readonly KeyPair[]) => {
    const agent = await startAgent(bed.directory);
    bed.onCleanup(() => agent.stop());
    for (const key of keys) agent.add(key.path);
    return bed.client({ environment: { SSH_AUTH_SOCK: agent.socket } });
  };

  for (const kind of ['ed25519', 'rsa', 'ecdsa'] as const) {
    it(`lets a real ssh-agent sign with an ${kind} key`, async () => {
      const key = makeKey(bed.directory, `agent-${kind}`, { kind });
      const sshd = await bed.sshd({ authorized: [key.publicLine] });
      const client = await agentWith([key]);
      const target = { host: '127.0.0.1', port: sshd.port, user: sshd.user };
      const connection = await client.pool.connect(target, client.options());
      expect((await connection.exec('echo in', { signal: never })).exitCode).toBe(0);
      expect(kinds(client.questions)).toEqual([]);
    });
  }

  it.each([
    ['private', ''],
    ['public', '.pub'],
  ])('takes the one key of the agent that is meant by its %s file', async (half, ending) => {
    const keys = Array.from({ length: 8 }, (_unused, n) => makeKey(bed.directory, `${half}-${n}`));
    const key = makeKey(bed.directory, half);
    const sshd = await bed.sshd({ authorized: [key.publicLine] });
    const client = await agentWith([...keys, key]);
    rmSync(key.path);
    mkdirSync(path.join(client.home, '.ssh'));
    const text = `IdentitiesOnly yes\nIdentityFile ${key.path}${ending}\n`;
    writeFileSync(path.join(client.home, '.ssh', 'config'), text);
    const steps: string[] = [];
    const onStep = (_step: string, said: string) => steps.push(said);
    const target = { host: '127.0.0.1', port: sshd.port, user: sshd.user };
    await client.pool.connect(target, client.options({}, { onStep }));
    expect(steps.join()).not.toContain('key file');
    // Named by the person it means the same.
    const named = { ...target, identityFile: `${key.path}${ending}` };
    await expect(client.pool.connect(named, client.options())).resolves.toBeDefined();
  });

  it('goes on over new connections when an agent holds more keys than sshd has patience', async () => {
    const keys = Array.from({ length: 9 }, (_unused, n) => makeKey(bed.directory, `many-${n}`));
    const last = keys[8];
    const sshd = await bed.sshd({ authorized: [last?.publicLine ?? ''] });
    const client = await agentWith(keys);
    const target = { host: '127.0.0.1', port: sshd.port, user: sshd.user };
    await expect(client.pool.connect(target, client.options())).resolves.toBeDefined();
    expect(client.questions).toHaveLength(1);
  });

  it('names everything that was tried when none of many keys is taken', async () => {
    const keys = Array.from({ length: 8 }, (_unused, n) => makeKey(bed.directory, `none-${n}`));
    const sshd = await bed.sshd();
    const client = await agentWith(keys);
    const target = { host: '127.0.0.1', port: sshd.port, user: sshd.user };
    const error = await errorOf(client.pool.connect(target, client.options()));
    expect(error.code).toBe('SSH_AUTH_FAILED');
    expect(error.data.tried).toHaveLength(8);
  });

  it('comes to the key of the configuration before all that an agent holds are tried', async () => {
    const key = makeKey(bed.directory, 'chosen');
    const keys = Array.from({ length: 60 }, (_unused, n) => makeKey(bed.directory, `crowd-${n}`));
    const sshd = await bed.sshd({ authorized: [key.publicLine], config: ['MaxAuthTries 3'] });
    const agent = await startAgent(bed.directory);
    bed.onCleanup(() => agent.stop());
    for (const { path: file } of keys) agent.add(file);
    const environment = { SSH_AUTH_SOCK: agent.socket };
    const configFile = path.join(bed.directory, 'chosen.conf');
    const target = { host: '127.0.0.1', port: sshd.port, user: sshd.user };
    writeFileSync(configFile, `IdentityFile ${key.path}\n`);
    const chosen = bed.client({ environment, configFile });
    await expect(chosen.pool.connect(target, chosen.options())).resolves.toBeDefined();
    const none = bed.client({ environment });
    const error = await errorOf(none.pool.connect(target, none.options()));
    expect(error.hint).toMatch(/ended the login before \d+ more keys could be tried/);
  });

  it('passes over an agent that is not there', async () => {
    const sshd = await bed.sshd();
    const client = bed.client({
      environment: { SSH_AUTH_SOCK: path.join(bed.directory, 'nobody.sock') },
    });
    await expect(client.pool.connect(bed.target(sshd), client.options())).resolves.toBeDefined();
  });
});

describeWith(['sshd', 'root'], 'logging in with a password', () => {
  const bed = new TestBed();
  let account: Account;
  let byPassword: Sshd;
  let interactive: Sshd;

  beforeAll(async () => {
    account = makeAccount();
    bed.onCleanup(() => account.remove());
    byPassword = await bed.sshd({ config: ['PasswordAuthentication yes'] });
    interactive = await bed.sshd({
      config: ['UsePAM yes', 'KbdInteractiveAuthentication yes', 'AuthenticationMethods any'],
    });
  });
  afterAll(() => bed.close());

  const target = (sshd: Sshd) => ({ host: '127.0.0.1', port: sshd.port, user: account.name });

  it('asks for it and logs in', async () => {
    const client = bed.client();
    const answers = { password: secret(account.password) };
    const connection = await client.pool.connect(target(byPassword), client.options(answers));
    const who = await connection.exec('id -un', { signal: never });
    expect(who.stdout.toString().trim()).toBe(account.name);
    expect(client.questions.at(-1)).toMatchObject({
      kind: 'password',
      user: account.name,
      host: `127.0.0.1:${byPassword.port}`,
      attempt: 1,
    });
  });

  it('ends a cancelled command on the machine too', async () => {
    const client = bed.client();
    const answers = { password: secret(account.password) };
    const connection = await client.pool.connect(target(byPassword), client.options(answers));
    const seconds = 7000 + (process.pid % 1000);
    const abort = new AbortController();
    const running = errorOf(connection.exec(`sleep ${seconds}`, { signal: abort.signal }));
    await vi.waitFor(() => execFileSync('pgrep', ['-f', `sleep ${seconds}`]), { timeout: 5000 });
    abort.abort();
    expect((await running).code).toBe('SSH_CANCELLED');
    await vi.waitFor(async () => {
      const left = await connection.exec(`pgrep -f '[s]leep ${seconds}'`, { signal: never });
      expect(left.stdout.toString()).toBe('');
    });
  });

  it('asks three times, then names what was tried and what the server takes', async () => {
    const client = bed.client();
    const answers = { password: secret('wr0ng-guess') };
    const error = await errorOf(client.pool.connect(target(byPassword), client.options(answers)));
    expect(error.code).toBe('SSH_AUTH_FAILED');
    expect(error.data).toMatchObject({ tried: ['password'], offered: ['publickey', 'password'] });
    expect(kinds(client.questions)).toEqual(['password', 'password', 'password']);
    expect(JSON.stringify([error.message, error.stack, error.data])).not.toContain('wr0ng-guess');
  });

  it('does not count the time that a person takes', async () => {
    const client = bed.client();
    const answers = { password: secret(account.password) };
    const options = client.options(answers, { timeoutMs: 3000 });
    const connection = await client.pool.connect(
      target(byPassword),
      slowly(options, 'password', 3500),
    );
    expect(connection.resolved.user).toBe(account.name);
  });

  it('uses a password that came after sshd had lost patience', async () => {
    const config = ['PasswordAuthentication yes', 'LoginGraceTime 1'];
    const hasty = await bed.sshd({ config });
    const client = bed.client();
    const options = client.options({ password: secret(account.password) });
    await client.pool.connect(target(hasty), slowly(options, 'password', 2000));
    expect(kinds(client.questions)).toEqual(['password']);
  });

  it('uses such a password beside the key that the server wants again', async () => {
    const config = [
      'PasswordAuthentication yes',
      'AuthenticationMethods publickey,password',
      'LoginGraceTime 1',
    ];
    const hasty = await bed.sshd({ config });
    const client = bed.client();
    const options = client.options({ password: secret(account.password) });
    await client.pool.connect(
      { ...target(hasty), identityFile: bed.key.path },
      slowly(options, 'password', 2000),
    );
    expect(kinds(client.questions)).toEqual(['password']);
  });

  it('answers keyboard-interactive prompts of PAM', async () => {
    const client = bed.client();
    const answers = { 'keyboard-interactive': responses(account.password) };
    await client.pool.connect(target(interactive), client.options(answers));
    expect(client.questions.at(-1)).toMatchObject({
      kind: 'keyboard-interactive',
      prompts: [{ prompt: 'Password: ', echo: false }],
    });
  });

  it('gives up after three wrong answers to prompts', async () => {
    const client = bed.client();
    const answers = { 'keyboard-interactive': responses('no') };
    const error = await errorOf(client.pool.connect(target(interactive), client.options(answers)));
    expect(error.code).toBe('SSH_AUTH_FAILED');
    expect(kinds(client.questions)).toHaveLength(3);
  });

  it('gives both where a server wants a key and a password, and repeats both on a reconnect', async () => {
    const both = await bed.sshd({
      config: ['PasswordAuthentication yes', 'AuthenticationMethods publickey,password'],
    });
    const client = bed.client();
    const connection = await client.pool.connect(
      { ...target(both), identityFile: bed.key.path },
      client.options({ password: secret(account.password) }),
    );
    expect(kinds(client.questions)).toEqual(['password']);
    both.signalSessions('SIGKILL');
    await pause(200);
    const result = await connection.exec('echo back', { signal: never });
    expect(result.stdout.toString()).toBe('back\n');
    expect(kinds(client.questions)).toEqual(['password']);
  });

  it('sends no password before the host key is accepted', async () => {
    const client = bed.client();
    const error = await errorOf(
      client.pool.connect(
        target(byPassword),
        client.options({
          'unknown-host-key': { kind: 'host-key', accept: false },
          password: secret(account.password),
        }),
      ),
    );
    expect(error.code).toBe('SSH_HOST_KEY_UNKNOWN');
    expect(client.questions.map(({ kind }) => kind)).toEqual(['unknown-host-key']);
  });
});
