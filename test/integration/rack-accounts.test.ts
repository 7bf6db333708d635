import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import type { AccountName, Node, Rack } from '../rack/index.ts';
import { describeRack } from '../rack/index.ts';
import { directTarget, factsOf, namedTarget, personWith, told } from './rack/login.ts';
import { errorOf, never, type TestClient, withClient } from './sshd/index.ts';

// Machines take their time over wrong passwords, so the tests wait side by side.
vi.setConfig({ maxConcurrency: 8 });
const test = it.concurrent;

/** Every account, what its person is asked, and whether sudo lets it in. */
const accounts: readonly (readonly [AccountName, readonly string[], 'free' | 'asks' | 'never'])[] =
  [
    ['root', [], 'free'],
    ['deploy', [], 'free'],
    ['admin', [], 'asks'],
    ['viewer', [], 'never'],
    ['pwonly', ['password'], 'never'],
    ['kbd', ['keyboard-interactive'], 'never'],
    ['sealed', ['passphrase'], 'never'],
    ['noisy', [], 'never'],
  ];

/** Some node that has the account and, for the tools that are looked for, is no busybox. */
function nodeWith(rack: Rack, user: AccountName): Node {
  const node = rack.nodes.find(
    ({ accounts: names, spec }) =>
      names.includes(user) && !['alpine', 'router', 'gpu'].includes(spec.look),
  );
  if (!node) throw new Error(`No node of the rack has the account ${user}.`);
  return node;
}

describeRack('an account of the rack', 'seed', (rack) => {
  /** Reads the rack's ssh configuration. */
  const inRack = (work: (client: TestClient) => Promise<void>) =>
    withClient({ configFile: rack().sshConfigFile }, work);

  test.each(accounts)('%s logs in, asked for %j only, and its machine tells facts', (...row) =>
    inRack(async (client) => {
      const [user, asked, sudo] = row;
      const [node, account] = [nodeWith(rack(), user), rack().account(user)];
      const person = client.options(personWith(account));
      const connection = await client.pool.connect(namedTarget(node, account), person);
      const facts = await factsOf(connection);
      expect(told(facts, 'hostname').hostname).toBe(node.name);
      expect(client.questions.map(({ kind }) => kind)).toEqual(asked);
      const name = await connection.exec('id -un', { signal: never });
      expect(name.stdout.toString().trim().split('\n').at(-1)).toBe(user);

      const free = await connection.exec('sudo -n true', { signal: never });
      expect(free.exitCode === 0).toBe(sudo === 'free');
      if (account.password === null) return;
      const stdin = `${account.password}\n`;
      const withPassword = await connection.exec("sudo -S -p '' true", { signal: never, stdin });
      expect(withPassword.exitCode === 0).toBe(sudo === 'asks');
    }),
  );

  test('noisy: what the profile prints is in the output of commands and in no fact', () =>
    inRack(async (client) => {
      const [node, account] = [nodeWith(rack(), 'noisy'), rack().account('noisy')];
      const connection = await client.pool.connect(namedTarget(node, account), client.options());
      const { stdout, stderr } = await connection.exec('true', { signal: never });
      expect(stdout.toString()).toContain('All use is recorded');
      expect(stderr.toString()).toContain('fancy-prompt');
      expect(JSON.stringify(await factsOf(connection))).not.toMatch(/recorded|fancy-prompt/);
    }));

  test('without root: what only root may read is null, and the section is well', () =>
    inRack(async (client) => {
      const node = rack().node('worker-2');
      const factsAs = async (user: AccountName) => {
        const account = rack().account(user);
        const options = client.options(personWith(account));
        return factsOf(await client.pool.connect(namedTarget(node, account), options));
      };
      const [root, kbd] = [await factsAs('root'), await factsAs('kbd')];
      const serial = (await node.exec('cat /sys/class/dmi/id/product_serial')).stdout.trim();
      expect(told(root, 'model').serial).toBe(serial);
      expect(told(kbd, 'model')).toEqual({ ...told(root, 'model'), serial: null });
      expect(told(kbd, 'machineId')).toEqual(told(root, 'machineId'));
    }));

  test('locked: SSH_NO_SHELL, whose login shell is nologin', () =>
    inRack(async (client) => {
      const [node, account] = [nodeWith(rack(), 'locked'), rack().account('locked')];
      const connection = await client.pool.connect(namedTarget(node, account), client.options());
      const error = await errorOf(factsOf(connection));
      expect(error).toMatchObject({ code: 'SSH_NO_SHELL', hint: expect.stringMatching(/shell/) });
    }));

  test.each([
    ['pwonly', 'password'],
    ['kbd', 'keyboard-interactive'],
  ] as const)('%s: three wrong passwords are SSH_AUTH_FAILED after %s was tried', (user, way) =>
    inRack(async (client) => {
      const [node, account] = [nodeWith(rack(), user), rack().account(user)];
      const wrong = client.options(personWith({ ...account, password: 'not this one' }));
      const error = await errorOf(client.pool.connect(namedTarget(node, account), wrong));
      expect(error.code).toBe('SSH_AUTH_FAILED');
      expect(client.questions).toHaveLength(3);
      expect(error.message).toContain(`Tried: ${way}`);
      expect(JSON.stringify([error, error.message, error.data])).not.toContain('not this one');
    }),
  );

  test('a key of another account is SSH_AUTH_FAILED, and nobody is asked', () =>
    inRack(async (client) => {
      const viewer = namedTarget(rack().node('pi-2'), rack().account('viewer'));
      const error = await errorOf(
        client.pool.connect({ ...viewer, user: 'admin' }, client.options()),
      );
      expect(error.code).toBe('SSH_AUTH_FAILED');
      expect(client.questions).toEqual([]);
    }));

  test('sealed: a wrong passphrase is asked again, and the right one opens', () =>
    inRack(async (client) => {
      const [node, account] = [rack().node('pi-3'), rack().account('sealed')];
      const person = client.options({
        passphrase: (question) => ({
          kind: 'secret',
          secret:
            question.kind === 'passphrase' && question.attempt > 1 ? `${account.passphrase}` : 'no',
        }),
      });
      const connection = await client.pool.connect(namedTarget(node, account), person);
      expect(told(await factsOf(connection), 'hostname').hostname).toBe('pi-3');
      expect(client.questions).toMatchObject([
        { kind: 'passphrase', keyFile: account.identityFile, attempt: 1 },
        { kind: 'passphrase', attempt: 2 },
      ]);
    }));

  test('sealed: a passphrase that stays wrong is SSH_PASSPHRASE_WRONG, leaving is SSH_CANCELLED', () =>
    inRack(async (client) => {
      const account = rack().account('sealed');
      const target = namedTarget(rack().node('pi-3'), account);
      const wrong = client.options(personWith({ ...account, passphrase: 'no' }));
      expect((await errorOf(client.pool.connect(target, wrong))).code).toBe('SSH_PASSPHRASE_WRONG');
      const leaving = client.options({ passphrase: { kind: 'cancel' } });
      expect((await errorOf(client.pool.connect(target, leaving))).code).toBe('SSH_CANCELLED');
    }));
});

describeRack('the internal network of the rack', 'seed', (rack) => {
  it('is reached through the jump host of the ssh configuration', () =>
    withClient({ configFile: rack().sshConfigFile }, async (client) => {
      const [node, admin] = [rack().node('db-1'), rack().account('admin')];
      const connection = await client.pool.connect(namedTarget(node, admin), client.options());
      expect(connection.resolved.jump).toEqual([`root@${rack().node('jump').address}:22`]);
      expect(told(await factsOf(connection), 'hostname').hostname).toBe('db-1');
      // The jump host connects from its own leg, and the router lets nobody else through.
      const from = await connection.exec('echo $SSH_CONNECTION', { signal: never });
      expect(from.stdout.toString().split(' ')[0]).toBe(rack().node('jump').address);
    }));

  it.each(['deploy', 'locked'] as const)(
    'is reached as %s at the jump host, and each machine shows its own key',
    (user) =>
      withClient({}, async (client) => {
        // A target has no key file for its jump hosts: they take the person's default key.
        mkdirSync(path.join(client.home, '.ssh'), { mode: 0o700 });
        const key = `${rack().account(user).identityFile}`;
        copyFileSync(key, path.join(client.home, '.ssh/id_ed25519'));
        const [jump, node] = [rack().node('jump').address, rack().node('db-1')];
        const target = { ...directTarget(node), jump: [`${user}@${jump}`] };
        const connection = await client.pool.connect(target, client.options());
        expect(told(await factsOf(connection), 'hostname').hostname).toBe('db-1');
        const keys = client.questions.flatMap((question) =>
          question.kind === 'unknown-host-key' ? [question.key.host] : [],
        );
        expect(keys).toEqual([jump, node.address]);
      }),
  );

  it('behind a router that drops its packets: SSH_TIMEOUT of that machine, then well again', () =>
    withClient({ configFile: rack().sshConfigFile }, async (client) => {
      {
        await using _fault = await rack().node('db-1').fault('port-blocked', { at: 'router' });
        const options = client.options({}, { timeoutMs: 2500 });
        const error = await errorOf(client.pool.connect({ host: 'db-1' }, options));
        expect(error.code).toBe('SSH_TIMEOUT');
        expect(error.message).toContain(rack().node('db-1').address);
      }
      const connection = await client.pool.connect({ host: 'db-1' }, client.options());
      expect(told(await factsOf(connection), 'hostname').hostname).toBe('db-1');
    }));
});
