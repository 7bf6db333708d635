import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { releaseFromFolder } from './from-folder.ts';
import { releaseFromNetwork, versionOfChannel } from './from-network.ts';

const { signal } = new AbortController();
const sumOf = (text: string) => createHash('sha256').update(text).digest('hex');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'rackhelm-release-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const put = (name: string, text: string) => writeFileSync(path.join(folder, name), text);

describe('K3s from files', () => {
  it('is that of the architecture, held against the list of checksums', async () => {
    put('k3s-arm64', 'binary');
    put('k3s-airgap-images-arm64.tar.zst', 'images');
    put(
      'sha256sum-arm64.txt',
      `${sumOf('binary')}  k3s-arm64\n${sumOf('images')}  k3s-airgap-images-arm64.tar.zst\n`,
    );
    const release = await releaseFromFolder(folder, 'arm64', signal);
    expect(release).toMatchObject({
      binary: { sha256: sumOf('binary'), source: { from: 'here' } },
      images: { name: 'k3s-airgap-images-arm64.tar.zst' },
      notes: [],
    });
    await expect(releaseFromFolder(folder, 'amd64', signal)).rejects.toThrow('no k3s in');
    await expect(releaseFromFolder(folder, 'riscv64', signal)).rejects.toThrow('not built for');
  });

  it('is refused where a checksum is another one or missing, and told where nothing vouches for it', async () => {
    put('k3s', 'binary');
    expect((await releaseFromFolder(folder, 'amd64', signal)).notes[0]).toContain('vouches');
    put('sha256sum-amd64.txt', `${sumOf('else')}  k3s\n`);
    await expect(releaseFromFolder(folder, 'amd64', signal)).rejects.toThrow('another one');
    put('sha256sum-amd64.txt', `${sumOf('binary')}  k3s-other\n`);
    await expect(releaseFromFolder(folder, 'amd64', signal)).rejects.toThrow('no checksum of k3s');
    await expect(releaseFromFolder(`${folder}/no`, 'amd64', signal)).rejects.toThrow('read');
  });
});

describe('K3s from the network', () => {
  const outside = (texts: Readonly<Record<string, string>>) => ({
    signal,
    fetch: async (url: string) => texts[url.split('/').at(-1) ?? ''] ?? '',
  });

  it('is fetched by the machine, which is told its checksum', async () => {
    const { binary } = await releaseFromNetwork(
      { version: 'v1.37.2+k3s1', architecture: 'amd64' },
      outside({ 'sha256sum-amd64.txt': `${sumOf('x')}  k3s\n` }),
    );
    expect(binary.sha256).toBe(sumOf('x'));
    expect(binary.source).toMatchObject({ url: expect.stringMatching(/v1\.37\.2%2Bk3s1\/k3s$/) });
  });

  it('takes the version of a channel, and no answer that is none', async () => {
    const data = [{ id: 'stable', latest: 'v1.37.2+k3s1' }, { id: 'latest' }];
    const channels = outside({ channels: JSON.stringify({ data }) });
    expect(await versionOfChannel('stable', channels)).toBe('v1.37.2+k3s1');
    await expect(versionOfChannel('latest', channels)).rejects.toThrow('no channel latest');
    await expect(versionOfChannel('stable', outside({ channels: '<html>' }))).rejects.toThrow(
      'no list',
    );
  });
});
