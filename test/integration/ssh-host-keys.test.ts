import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import {
  describeWith,
  errorOf,
  keygenFingerprint,
  makeKey,
  type Sshd,
  type TestClient,
  useTestBed,
} from './sshd/index.ts';

const accept = { kind: 'host-key', accept: true } as const;
const refuse = { kind: 'host-key', accept: false } as const;

describeWith(['sshd'], 'host keys', () => {
  const bed = useTestBed();

  const knownHosts = (client: TestClient, text: string): string => {
    const file = path.join(client.home, '.ssh', 'known_hosts');
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  const line = (sshd: Sshd, index = 0) =>
    `[127.0.0.1]:${sshd.port} ${sshd.hostKeys[index]?.type} ${sshd.hostKeys[index]?.blob}\n`;

  it('shows an unknown key in both forms, just as ssh-keygen prints it', async () => {
    const sshd = await bed.sshd();
    const client = bed.client();
    await client.pool.connect(bed.target(sshd), client.options());
    const [key] = sshd.hostKeys;
    if (!key) throw new Error('This sshd has no host key.');
    expect(client.questions).toEqual([
      {
        kind: 'unknown-host-key',
        key: {
          host: `[127.0.0.1]:${sshd.port}`,
          type: 'ssh-ed25519',
          sha256: keygenFingerprint(key, 'sha256'),
          md5: keygenFingerprint(key, 'md5'),
        },
      },
    ]);
  });

  it('records nothing when the person refuses: SSH_HOST_KEY_UNKNOWN', async () => {
    const sshd = await bed.sshd();
    const client = bed.client();
    const options = client.options({ 'unknown-host-key': refuse });
    const error = await errorOf(client.pool.connect(bed.target(sshd), options));
    expect(error.code).toBe('SSH_HOST_KEY_UNKNOWN');
    expect(client.keys.keys).toEqual([]);
  });

  it('knows a key from a hashed known_hosts file and never writes to it', async () => {
    const sshd = await bed.sshd();
    const client = bed.client();
    const file = knownHosts(client, line(sshd));
    execFileSync('ssh-keygen', ['-q', '-H', '-f', file], { stdio: 'ignore' });
    const before = readFileSync(file, 'utf8');
    expect(before).toContain('|1|');
    await client.pool.connect(bed.target(sshd), client.options());
    expect(client.questions).toEqual([]);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('has a server of several keys show the one on record', async () => {
    const sshd = await bed.sshd({ hostKeys: ['ed25519', 'rsa', 'ecdsa'] });
    for (const index of [0, 1, 2]) {
      const client = bed.client();
      knownHosts(client, line(sshd, index));
      await client.pool.connect(bed.target(sshd), client.options());
      expect(client.questions).toEqual([]);
    }
  });

  it('blocks a changed key until the person decides, and shows old and new', async () => {
    const sshd = await bed.sshd();
    const old = makeKey(bed.directory, 'old-host-key');
    const client = bed.client();
    const file = knownHosts(client, `[127.0.0.1]:${sshd.port} ${old.type} ${old.blob}\n`);
    const options = client.options({ 'changed-host-key': refuse });
    const error = await errorOf(client.pool.connect(bed.target(sshd), options));
    expect(error.code).toBe('SSH_HOST_KEY_CHANGED');
    expect(client.questions).toHaveLength(1);
    const [now] = sshd.hostKeys;
    expect(error.data).toMatchObject({
      key: { sha256: now && keygenFingerprint(now, 'sha256') },
      known: [{ sha256: keygenFingerprint(old, 'sha256'), source: `${file}, line 1` }],
    });
    expect(client.keys.keys).toEqual([]);
  });

  it('replaces a changed key that was accepted, and does not ask again', async () => {
    const first = await bed.sshd();
    const client = bed.client();
    await client.pool.connect(bed.target(first), client.options());
    await first.stop();
    const second = await bed.sshd({ port: first.port });
    const other = bed.client({ hostKeys: client.keys });
    const options = other.options({ 'changed-host-key': accept });
    await other.pool.connect(bed.target(second), options);
    expect(other.questions.map(({ kind }) => kind)).toEqual(['changed-host-key']);
    expect(client.keys.keys.map(({ blob }) => blob)).toEqual([second.hostKeys[0]?.blob]);
    const third = bed.client({ hostKeys: client.keys });
    await third.pool.connect(bed.target(second), third.options());
    expect(third.questions).toEqual([]);
  });

  it('takes another type than the one on record for a change', async () => {
    const sshd = await bed.sshd({ hostKeys: ['ed25519'] });
    const old = makeKey(bed.directory, 'old-ecdsa', { kind: 'ecdsa' });
    const client = bed.client();
    knownHosts(client, `[127.0.0.1]:${sshd.port} ${old.type} ${old.blob}\n`);
    const error = await errorOf(client.pool.connect(bed.target(sshd), client.options()));
    expect(error.code).toBe('SSH_CANCELLED');
    expect(client.questions.map(({ kind }) => kind)).toEqual(['changed-host-key']);
  });

  it('refuses a revoked key without asking', async () => {
    const sshd = await bed.sshd();
    const client = bed.client();
    knownHosts(client, `@revoked * ${sshd.hostKeys[0]?.type} ${sshd.hostKeys[0]?.blob}\n`);
    const error = await errorOf(client.pool.connect(bed.target(sshd), client.options()));
    expect(error.code).toBe('SSH_HOST_KEY_CHANGED');
    expect(error.message).toContain('revoked');
    expect(client.questions).toEqual([]);
  });

  it('says why a certificate authority line takes no part', async () => {
    const sshd = await bed.sshd();
    const client = bed.client();
    knownHosts(client, `@cert-authority * ${sshd.hostKeys[0]?.type} ${sshd.hostKeys[0]?.blob}\n`);
    const said: string[] = [];
    const onStep = (_step: string, text: string) => said.push(text);
    await client.pool.connect(bed.target(sshd), client.options({}, { onStep }));
    expect(client.questions.map(({ kind }) => kind)).toEqual(['unknown-host-key']);
    expect(said.some((text) => text.includes('certificate authority'))).toBe(true);
  });

  it('goes on after sshd lost patience with a person who compares fingerprints', async () => {
    const sshd = await bed.sshd({ config: ['LoginGraceTime 1'] });
    const client = bed.client();
    const options = client.options();
    await client.pool.connect(bed.target(sshd), {
      ...options,
      ask: async (question, signal) => {
        await pause(2500);
        return options.ask(question, signal);
      },
    });
    expect(client.questions).toHaveLength(1);
    expect(client.keys.keys).toHaveLength(1);
  });
});
