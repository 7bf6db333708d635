import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { HostKeyStore, StoredHostKey } from '../../../../shared/model/host-keys.ts';
import type { SshAnswer, SshQuestion } from '../../../../shared/model/ssh.ts';
import { HostKeyCheck } from './host-keys.ts';

/** A blob that is no real key, but begins with its type as all do. */
function key(type: string, content: string): Buffer {
  const name = Buffer.from(type);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(name.length);
  return Buffer.concat([length, name, Buffer.from(content)]);
}

const a = key('ssh-ed25519', 'a');
const b = key('ssh-ed25519', 'b');
const rsa = key('ssh-rsa', 'c');
const line = (host: string, blob: Buffer, type = 'ssh-ed25519') =>
  `${host} ${type} ${blob.toString('base64')}\n`;

class Store implements HostKeyStore {
  recorded: { key: StoredHostKey; replace: boolean }[] = [];
  find(host: string) {
    return this.recorded.map(({ key: stored }) => stored).filter((stored) => stored.host === host);
  }
  record(stored: StoredHostKey, { replace }: { replace: boolean }) {
    this.recorded.push({ key: stored, replace });
  }
}

describe('HostKeyCheck', () => {
  let directory: string;
  let store: Store;
  beforeEach(() => {
    directory = mkdtempSync(path.join(os.tmpdir(), 'rackhelm-keys-'));
    store = new Store();
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const check = (text: string, name = 'node') => {
    const file = path.join(directory, 'known_hosts');
    writeFileSync(file, text);
    return HostKeyCheck.load(name, [file, path.join(directory, 'absent')], store);
  };
  const answering = (answer: SshAnswer) => {
    const questions: SshQuestion[] = [];
    const ask = async (question: SshQuestion) => {
      questions.push(question);
      return answer;
    };
    return { ask, questions };
  };
  const accept = () => answering({ kind: 'host-key', accept: true });
  const never = async () => {
    throw new Error('It asked.');
  };

  it('judges known, unknown, changed and revoked', async () => {
    const checked = await check(line('node', a) + line('@revoked *', b));
    expect(checked.judge(a)).toBe('known');
    expect(checked.judge(rsa)).toBe('changed');
    expect(checked.judge(b)).toBe('revoked');
    expect((await check(line('other', a))).judge(a)).toBe('unknown');
  });

  it('knows a key that any one of several lines holds', async () => {
    const checked = await check(line('node', a) + line('node', b));
    await checked.verify(a, never);
    await checked.verify(b, never);
  });

  it('takes a match without the port where nothing is on record with it', async () => {
    const checked = await check(line('node', a), '[node]:2222');
    expect(checked.judge(a)).toBe('known');
    expect(checked.judge(b)).toBe('unknown');
    const strict = await check(line('node', a) + line('[node]:2222', b), '[node]:2222');
    expect(strict.judge(a)).toBe('changed');
  });

  it('knows a machine that moved by the key of its former address, where none is on record', async () => {
    const file = path.join(directory, 'known_hosts');
    const moved = (name: string) =>
      HostKeyCheck.load(name, [file], store, { formerName: '10.0.0.1' });
    writeFileSync(file, line('10.0.0.9', b));
    store.record(
      { host: '10.0.0.1', type: 'ssh-ed25519', blob: a.toString('base64'), seenAt: 1 },
      { replace: false },
    );
    const free = await moved('10.0.0.2');
    await free.verify(a, never);
    expect(free.judge(b)).toBe('unknown');
    expect(free.algorithms(['ssh-rsa', 'ssh-ed25519'])).toEqual(['ssh-ed25519', 'ssh-rsa']);
    expect((await moved('10.0.0.9')).judge(a)).toBe('changed');
  });

  it('prefers algorithms of the keys on record, all three for RSA', async () => {
    const supported = ['ssh-ed25519', 'ecdsa-sha2-nistp256', 'rsa-sha2-512', 'ssh-rsa'];
    const checked = await check(line('node', rsa, 'ssh-rsa'));
    expect(checked.algorithms(supported)).toEqual([
      'rsa-sha2-512',
      'ssh-rsa',
      'ssh-ed25519',
      'ecdsa-sha2-nistp256',
    ]);
  });

  it('records an accepted key only once the server proved it, and once', async () => {
    const checked = await check('');
    await checked.verify(a, accept().ask);
    expect(store.recorded).toEqual([]);
    checked.proven();
    checked.proven();
    expect(store.recorded).toMatchObject([
      { key: { host: 'node', type: 'ssh-ed25519', blob: a.toString('base64') }, replace: false },
    ]);
  });

  it('does not ask again for a key that was accepted a moment ago', async () => {
    const checked = await check('');
    await checked.verify(a, accept().ask);
    await checked.verify(a, never);
    const other = accept();
    await checked.verify(b, other.ask);
    expect(other.questions).toHaveLength(1);
  });

  it('replaces when a changed key is accepted, and shows what was on record and where', async () => {
    const checked = await check(line('node', a));
    const { ask, questions } = accept();
    await checked.verify(b, ask);
    checked.proven();
    expect(store.recorded).toMatchObject([{ replace: true }]);
    expect(questions).toMatchObject([
      { kind: 'changed-host-key', known: [{ source: expect.stringContaining('line 1') }] },
    ]);
  });

  it('trusts the old key no more once the new one was accepted, whatever a file says', async () => {
    const text = line('node', a) + line('@revoked node', rsa, 'ssh-rsa');
    const changed = await check(text);
    await changed.verify(b, accept().ask);
    changed.proven();
    const later = await check(text);
    expect([a, b, rsa].map((blob) => later.judge(blob))).toEqual(['changed', 'known', 'revoked']);
  });

  it('records a key that a file vouches for under the address too, where that is asked for', async () => {
    const file = path.join(directory, 'known_hosts');
    writeFileSync(file, line('alias', a));
    const checked = await HostKeyCheck.load('alias', [file], store, {
      recordAs: '[10.0.0.1]:2222',
    });
    await checked.verify(a, never);
    checked.proven();
    expect(store.recorded.map(({ key: { host } }) => host)).toEqual(['alias', '[10.0.0.1]:2222']);
  });

  it('offers nobody to accept a key that is revoked', async () => {
    const checked = await check(line('@revoked *', b));
    const { hint, data } = (await checked.verify(b, never).catch((error: unknown) => {
      if (error instanceof RackhelmError) return error;
      throw error;
    })) ?? { hint: '', data: {} };
    expect(hint).toMatch(/^Nobody may trust this key any more/);
    expect(data).toMatchObject({ unasked: true });
  });

  it('says that an authority is on record, which ssh would have asked', async () => {
    const checked = await check(line('@cert-authority *', a));
    const { ask } = answering({ kind: 'host-key', accept: false });
    await expect(checked.verify(b, ask)).rejects.toThrow(/line 1, names a certificate authority/);
  });

  it('ends with the fitting code when the person says no or cancels', async () => {
    const refuse = answering({ kind: 'host-key', accept: false }).ask;
    const cancel = answering({ kind: 'cancel' }).ask;
    const unknown = await check('');
    await expect(unknown.verify(a, refuse)).rejects.toMatchObject({ code: 'SSH_HOST_KEY_UNKNOWN' });
    await expect(unknown.verify(a, cancel)).rejects.toMatchObject({ code: 'SSH_CANCELLED' });
    const changed = await check(line('node', b));
    await expect(changed.verify(a, refuse)).rejects.toMatchObject({ code: 'SSH_HOST_KEY_CHANGED' });
  });

  it('does not take another answer for a yes', async () => {
    const checked = await check('');
    const { ask } = answering({ kind: 'secret', secret: 'yes' });
    await expect(checked.verify(a, ask)).rejects.toMatchObject({ code: 'SSH_HOST_KEY_UNKNOWN' });
  });
});
