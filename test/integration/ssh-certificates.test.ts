import { execFileSync } from 'node:child_process';
import { renameSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { KeyKind } from './sshd/index.ts';
import { describeWith, errorOf, makeKey, never, startAgent, useTestBed } from './sshd/index.ts';

describeWith(['sshd'], 'certificates of users', () => {
  const bed = useTestBed();

  /** A key with a certificate beside it, and an sshd that trusts the authority alone. */
  async function certified(
    name: string,
    options: { kind?: KeyKind; principal?: string; valid?: string; passphrase?: string } = {},
  ) {
    const { kind = 'ed25519', valid = '-1h:+1h', passphrase = '' } = options;
    const authority = makeKey(bed.directory, `${name}-ca`);
    const key = makeKey(bed.directory, name, { kind, passphrase });
    const sshd = await bed.sshd({
      authorized: [],
      config: [`TrustedUserCAKeys ${authority.path}.pub`],
    });
    const principal = options.principal ?? sshd.user;
    const sign = ['-q', '-s', authority.path, '-I', 'test', '-n', principal, '-V', valid];
    execFileSync('ssh-keygen', [...sign, `${key.path}.pub`]);
    return { key, sshd, target: bed.target(sshd, { identityFile: key.path }) };
  }

  it.each(['ed25519', 'rsa', 'ecdsa'] as const)(
    'logs in with one beside its %s key',
    async (kind) => {
      const { target } = await certified(`beside-${kind}`, { kind });
      const client = bed.client();
      const connection = await client.pool.connect(target, client.options());
      expect((await connection.exec('echo in', { signal: never })).stdout.toString()).toBe('in\n');
    },
  );

  it('asks for the passphrase of its key only when the server takes the certificate', async () => {
    const { target } = await certified('locked', { passphrase: 'right' });
    const client = bed.client();
    const answers = { passphrase: { kind: 'secret', secret: 'right' } } as const;
    await client.pool.connect(target, client.options(answers));
    expect(client.questions.map(({ kind }) => kind)).toEqual(['unknown-host-key', 'passphrase']);
  });

  it.each(['ed25519', 'rsa'] as const)(
    'logs in with one that the agent holds: %s',
    async (kind) => {
      const { key, sshd } = await certified(`agent-${kind}`, { kind });
      const agent = await startAgent(bed.directory);
      bed.onCleanup(() => agent.stop());
      agent.add(key.path);
      const client = bed.client({ environment: { SSH_AUTH_SOCK: agent.socket } });
      const target = { host: '127.0.0.1', port: sshd.port, user: sshd.user };
      await expect(client.pool.connect(target, client.options())).resolves.toBeDefined();
    },
  );

  it('signs with the key of the agent for a certificate that lies in a file', async () => {
    const { key, target } = await certified('half-agent');
    const certificate = `${key.path}-cert.pub`;
    renameSync(certificate, `${certificate}.away`);
    const agent = await startAgent(bed.directory);
    bed.onCleanup(() => agent.stop());
    agent.add(key.path);
    renameSync(`${certificate}.away`, certificate);
    renameSync(key.path, path.join(bed.directory, 'moved-away'));
    const client = bed.client({ environment: { SSH_AUTH_SOCK: agent.socket } });
    await expect(client.pool.connect(target, client.options())).resolves.toBeDefined();
  });

  it.each([
    ['expired', { valid: '20200101:20200201' }, /expired on 2020-01-3[01]|expired on 2020-02-01/],
    ['is not valid yet', { valid: '20900101:20900201' }, /is not valid before/],
    ['is for somebody else', { principal: 'somebody-else' }, /is for somebody-else, not for/],
  ])('says of a certificate that it %s', async (name, options, sentence) => {
    const { key, target } = await certified(name.replaceAll(' ', '-'), options);
    const client = bed.client();
    const error = await errorOf(client.pool.connect(target, client.options()));
    expect(error.code).toBe('SSH_AUTH_FAILED');
    expect(error.hint).toContain(`The certificate ${key.path}-cert.pub`);
    expect(error.hint).toMatch(sentence);
  });
});
