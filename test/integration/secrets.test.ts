import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openDatabase } from '../../electron/host/db/index.ts';
import { createAppKeys, createSecrets } from '../../electron/host/engine/secrets/index.ts';
import { MemoryKeyStore } from '../../electron/host/engine/secrets/memory-key-store.ts';
import { type Host, startHost } from '../../electron/host/host.ts';
import { findInstallation } from '../../electron/host/installation.ts';
import type { Contract } from '../../shared/contract/index.ts';
import { isUnderWay } from '../../shared/jobs/job-state.ts';
import type { SshAnswer, SshQuestion } from '../../shared/model/ssh.ts';
import { CommandLine } from './command-line.ts';
import { type Account, describeWith, makeAccount, type Sshd, TestBed } from './sshd/index.ts';

const passphrase = 'correct horse battery staple';

describeWith(['sshd', 'root'], 'a remembered password', () => {
  const bed = new TestBed();
  const line = new CommandLine();
  const keyStore = new MemoryKeyStore();
  let account: Account;
  let sshd: Sshd;
  let host: Host;
  let client: ContractRouterClient<Contract>;
  let data: string;
  let name: string;
  /** Everything that a window was ever sent. */
  const told: string[] = [];

  /** As after a restart: no connection stands, and nothing is held in memory. */
  async function restart(): Promise<void> {
    await host?.close();
    const installation = findInstallation(import.meta.dirname);
    host = await startHost({ ...installation, dataDirectory: data, shell: 'desktop', keyStore });
    const { port1, port2 } = new MessageChannel();
    host.connectPort(port1);
    port2.on('message', (message) => {
      told.push(typeof message === 'string' ? message : Buffer.from(message).toString('latin1'));
    });
    // Node's port is the browser's but for events that no one here uses.
    const link = new RPCLink({ port: port2 as unknown as MessagePort });
    client = createORPCClient<ContractRouterClient<Contract>>(link);
  }

  async function connect(answerTo: (question: SshQuestion) => SshAnswer): Promise<void> {
    const attemptId = uuidv7();
    const target = { host: '127.0.0.1', port: sshd.port, user: account.name };
    for await (const event of await client.machines.connect({ attemptId, target })) {
      if (event.type === 'failed') throw new Error(event.message);
      if (event.type === 'question') {
        const { questionId, question } = event;
        await client.machines.answer({ attemptId, questionId, answer: answerTo(question) });
      }
      if (event.type !== 'ready') continue;
      name = event.suggestion.name;
      const which = { deviceId: null, name, kind: event.suggestion.kind, rackId: null };
      await client.machines.add({ attemptId, ...which, acceptFacts: false });
    }
  }

  /** An unattended refresh of everything; the failure, if there was one. */
  async function refresh() {
    const { jobId } = await client.machines.refresh({ all: true });
    const id = jobId ?? '';
    await expect
      .poll(async () => isUnderWay((await client.jobs.get({ id })).state), { timeout: 20_000 })
      .toBe(false);
    const { rows } = await client.devices.list({ limit: 10 });
    return rows[0]?.failure ?? null;
  }

  const stored = async () => (await client.secrets.list({})).rows[0];
  const tries = () => sshd.log().match(/Failed password|Failed keyboard/g)?.length ?? 0;

  function setPassword(password: string): void {
    execFileSync('chpasswd', { input: `${account.name}:${password}\n` });
  }

  /** The private half of Rackhelm's own key, past everything that keeps it. */
  async function ownSeed(): Promise<Buffer> {
    const database = openDatabase({ dataDirectory: data });
    const report = (error: unknown) => expect(error).toBeNull();
    const parts = { store: database.secrets, settings: database.readings, keyStore, report };
    const secrets = createSecrets(parts);
    try {
      await secrets.unlock({ way: 'passphrase', passphrase });
      const [key] = createAppKeys({ store: database.secrets, secrets }).held();
      const text = (await key?.privateText(new AbortController().signal)) ?? '';
      // The last 32 bytes of PKCS#8 are the seed (RFC 8410, 7).
      return Buffer.from(text.split('\n')[1] ?? '', 'base64').subarray(-32);
    } finally {
      await secrets.close();
      database.close();
    }
  }

  beforeAll(async () => {
    account = makeAccount({ home: bed.directory });
    bed.onCleanup(() => account.remove());
    const config = ['PasswordAuthentication yes', 'UsePAM no', 'LogLevel VERBOSE'];
    sshd = await bed.sshd({ authorized: [], config });
    data = path.join(bed.directory, 'data');
    chmodSync(bed.directory, 0o711);
    await restart();
  });
  afterAll(async () => {
    await host.close();
    await line.close();
    await bed.close();
  });
  beforeEach(restart);

  it('is stored after the login for which it was typed, and not after one that failed', async () => {
    await client.secrets.setUp({ by: { way: 'key-store' } });
    const answer = (secret: string) => (question: SshQuestion) =>
      question.kind === 'unknown-host-key'
        ? ({ kind: 'host-key', accept: true } as const)
        : ({ kind: 'secret', secret, remember: true } as const);
    await expect(connect(answer('wrong one'))).rejects.toThrow('did not let');
    expect(await stored()).toBeUndefined();
    await connect(answer(account.password));
    await expect.poll(stored).toMatchObject({
      subject: { kind: 'ssh-password', user: account.name, port: sshd.port },
      usedAt: null,
      workedAt: expect.any(Number),
    });
  });

  it('lets a refresh that nobody watches in, after another start', async () => {
    expect(await refresh()).toBeNull();
    expect(await stored()).toMatchObject({ usedAt: expect.any(Number), failedAt: null });
  });

  it('in a locked store is why that refresh waits, and all else goes on', async () => {
    await client.secrets.lock();
    expect(await refresh()).toMatchObject({ code: 'SECRETS_LOCKED' });
    expect((await client.devices.list({ limit: 10 })).rows).toHaveLength(1);
    await client.secrets.unlock({ way: 'key-store' });
    expect(await refresh()).toBeNull();
  });

  it('that was changed on the machine is tried once, told, replaced and tested', async () => {
    setPassword('changed there');
    const before = tries();
    expect(await refresh()).toMatchObject({ code: 'SSH_ANSWER_NEEDED' });
    expect(await stored()).toMatchObject({ failedAt: expect.any(Number) });
    expect(await refresh()).toMatchObject({
      message: expect.stringContaining('not accepted the last time'),
    });
    expect(tries() - before).toBe(1);

    const { id = '' } = (await stored()) ?? {};
    expect(await client.secrets.test({ id })).toMatchObject({ outcome: 'wrong' });
    await client.secrets.replace({ id, secret: 'changed there' });
    expect(await client.secrets.test({ id })).toMatchObject({ outcome: 'works' });
    expect(await refresh()).toBeNull();
  });

  it('opens for cron by a file that its owner alone may read', async () => {
    await client.secrets.openBy({ by: { way: 'passphrase', passphrase } });
    await host.close();
    const file = path.join(bed.directory, 'passphrase');
    writeFileSync(file, `${passphrase}\n`, { mode: 0o644 });
    const link = path.join(bed.directory, 'link');
    symlinkSync(file, link);
    const run = (...more: string[]) => line.run('refresh', '--all', '--data', data, ...more);

    expect(await run()).toMatchObject({
      exitCode: 7,
      stderr: expect.stringContaining('store of secrets is locked'),
    });
    const open = await run('--passphrase-file', file);
    expect(open.stderr).toContain('may be read by others');
    chmodSync(file, 0o600);
    expect((await run('--passphrase-file', link)).stderr).toContain('is a link');
    expect(await run('--passphrase-file', file)).toMatchObject({ exitCode: 0 });
  });

  it('is not all: a key of Rackhelm’s own lets in, after another start, and from the command line', async () => {
    await client.secrets.unlock({ way: 'passphrase', passphrase });
    const { publicKey } = await client.secrets.makeKey();
    const config = ['PasswordAuthentication no', 'LogLevel VERBOSE'];
    const other = await bed.sshd({ authorized: [publicKey], config });
    const target = { host: 'localhost', port: other.port, user: other.user };
    const attempt = async () => {
      const attemptId = uuidv7();
      const ends: string[] = [];
      for await (const event of await client.machines.connect({ attemptId, target })) {
        if (event.type === 'failed') ends.push(event.code);
        if (event.type === 'ready') ends.push('ready');
        if (event.type !== 'question') continue;
        const accept = event.question.kind === 'unknown-host-key';
        const answer = accept
          ? ({ kind: 'host-key', accept } as const)
          : ({ kind: 'cancel' } as const);
        await client.machines.answer({ attemptId, questionId: event.questionId, answer });
      }
      return ends;
    };
    expect(await attempt()).toEqual(['ready']);
    const { rows } = await client.secrets.keys();
    expect(rows).toMatchObject([{ publicKey, opens: 1, usedAt: expect.any(Number) }]);

    await restart();
    expect(await attempt()).toEqual(['SECRETS_LOCKED']);
    await client.secrets.unlock({ way: 'passphrase', passphrase });
    expect(await attempt()).toEqual(['ready']);

    const file = path.join(bed.directory, 'passphrase');
    const where = ['--port', `${other.port}`, '--data', data];
    const facts = ['facts', `${other.user}@localhost`, '--json', ...where];
    expect((await line.run(...facts)).stderr).toContain('store of secrets is locked');
    const read = await line.run(...facts, '--passphrase-file', file);
    expect(read, read.stderr).toMatchObject({ exitCode: 0 });
    const shown = await line.run('secrets', 'key', '--public', '--data', data);
    expect(shown.stdout).toBe(`${publicKey}\n`);
    const set = client.secrets.set({
      // As a hostile window could.
      subject: { kind: 'app-key', publicKey } as unknown as { kind: 'token'; name: string },
      secret: 'another',
    });
    await expect(set).rejects.toThrow();
  });

  it('stands nowhere: not in the files, not in what windows were told', async () => {
    const files = readdirSync(data, { recursive: true, withFileTypes: true })
      .filter((file) => file.isFile())
      .map((file) => readFileSync(path.join(file.parentPath, file.name)));
    expect(files.length).toBeGreaterThan(0);
    expect(told.join('\n')).toContain('ssh-password');
    const seed = await ownSeed();
    for (const form of [seed, seed.toString('hex'), seed.toString('base64')]) {
      expect(files.some((content) => content.includes(form))).toBe(false);
      expect(told.some((text) => text.includes(form.toString()))).toBe(false);
    }
    expect(told.join('')).not.toContain('PRIVATE KEY');
    for (const secret of [account.password, 'changed there', passphrase, 'wrong one']) {
      expect(files.some((content) => content.includes(secret))).toBe(false);
      const quoted = JSON.stringify(secret).slice(1, -1);
      expect(told.some((text) => text.includes(secret) || text.includes(quoted))).toBe(false);
    }
  });
});
