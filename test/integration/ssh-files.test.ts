import { chmodSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SshConnection } from '../../electron/host/connections/ssh/index.ts';
import { download, RemoteFiles, type Transfer, upload } from '../../electron/host/files/index.ts';
import { describeWith, errorOf, never, TestBed } from './sshd/index.ts';

describeWith(['sshd'], 'files of a machine over a real sshd', () => {
  const bed = new TestBed();
  let connection: SshConnection;
  const content = Buffer.from(Array.from({ length: 300_001 }, (_, n) => (n * 7 + (n >> 8)) % 251));

  beforeAll(async () => {
    const sshd = await bed.sshd();
    const client = bed.client();
    connection = await client.pool.connect(bed.target(sshd), client.options());
    for (const folder of ['there', 'here']) mkdirSync(path.join(bed.directory, folder));
  });
  afterAll(() => bed.close());

  const there = (name: string) => path.join(bed.directory, 'there', name);
  const here = (name: string) => path.join(bed.directory, 'here', name);
  const transfer = (remote: string, local: string, more: Partial<Transfer> = {}): Transfer => ({
    ...{ connection, remote, local, replace: false, onProgress: () => {}, signal: never },
    ...more,
  });

  it('fetches a file whole and compared, never over another unasked', async () => {
    writeFileSync(there("a b'c"), content);
    const got = await download(transfer(there("a b'c"), here('')));
    expect(got).toMatchObject({ size: content.length, compared: true, resumed: 0 });
    expect(readFileSync(here("a b'c")).equals(content)).toBe(true);
    const again = await errorOf(download(transfer(there("a b'c"), here(''))));
    expect(again).toMatchObject({ code: 'LOCAL_FILE_EXISTS' });
    const missing = await errorOf(download(transfer(there('nothing'), here(''))));
    expect(missing).toMatchObject({ code: 'REMOTE_FILE_MISSING' });
  });

  it('goes on where it broke off, and begins anew where that was another file', async () => {
    writeFileSync(there('large'), content);
    const part = here('.large.rackhelm-part');
    writeFileSync(part, content);
    truncateSync(part, 100_000);
    const resumed = await download(transfer(there('large'), here('large')));
    expect(resumed.resumed).toBe(98_304);
    expect(readFileSync(here('large')).equals(content)).toBe(true);
    writeFileSync(part, Buffer.alloc(100_000));
    const anew = await download(transfer(there('large'), here('large'), { replace: true }));
    expect(anew.resumed).toBe(0);
    expect(readFileSync(here('large')).equals(content)).toBe(true);
  });

  it('sends a file, keeps the rights of the one that it replaces, and leaves what was left to go on with', async () => {
    writeFileSync(here('send'), content);
    writeFileSync(there('send'), 'old');
    chmodSync(there('send'), 0o640);
    const stands = await errorOf(upload(transfer(there('send'), here('send'))));
    expect(stands).toMatchObject({ code: 'REMOTE_FILE_EXISTS' });
    const leave = new AbortController();
    const onProgress = (done: number) => done > 60_000 && leave.abort();
    const left = transfer(there('send'), here('send'), {
      ...{ replace: true, signal: leave.signal, onProgress },
    });
    expect(await errorOf(upload(left))).toMatchObject({ code: 'SSH_CANCELLED' });
    expect(readFileSync(there('send'), 'utf8')).toBe('old');
    const sent = await upload({ ...left, signal: never, onProgress: () => {} });
    expect(sent).toMatchObject({ compared: true, path: there('send') });
    expect(readFileSync(there('send')).equals(content)).toBe(true);
    expect(statSync(there('send')).mode & 0o777).toBe(0o640);
  });

  it('lists a folder with what is in it, and tells why it cannot', async () => {
    const files = await RemoteFiles.open(connection, never);
    const { entries } = await files.list(path.join(bed.directory, 'there'));
    expect(entries.map(({ name }) => name).toSorted()).toEqual(["a b'c", 'large', 'send']);
    expect(entries.find(({ name }) => name === 'send')).toMatchObject({
      ...{ kind: 'file', size: content.length, mode: 0o640 },
    });
    const missing = await errorOf(files.list(there('none')));
    expect(missing).toMatchObject({ code: 'REMOTE_FILE_MISSING' });
    files.close();
    const bare = await bed.sshd({ config: ['Subsystem sftp /bin/false'] });
    const client = bed.client();
    const other = await client.pool.connect(bed.target(bare), client.options());
    const none = await errorOf(RemoteFiles.open(other, never));
    expect(none).toMatchObject({ code: 'SFTP_MISSING' });
  });
});
