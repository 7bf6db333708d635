import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { globForeignFiles, readForeignFile } from './foreign-file.ts';

describe('foreign files', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'rackhelm-foreign-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const inside = (name: string) => path.join(folder, name);
  const read = (file: string, signal?: AbortSignal) =>
    readForeignFile(file, { kind: 'key', signal });

  it('reads a regular file, also through a link, with its mode', async () => {
    writeFileSync(inside('key'), 'content', { mode: 0o640 });
    symlinkSync(inside('key'), inside('link'));
    const file = await read(inside('link'));
    expect(file.content.toString()).toBe('content');
    expect(file.mode & 0o777).toBe(0o640);
    expect(file.uid).toBe(process.getuid?.());
  });

  it.runIf(process.platform === 'linux')('reads files that say nothing of their size', async () => {
    expect((await read('/proc/self/cmdline')).content.length).toBeGreaterThan(0);
  });

  it('says what is wrong, at once, with everything that is no file', async () => {
    execFileSync('mkfifo', [inside('pipe')]);
    mkdirSync(inside('folder'));
    writeFileSync(inside('large'), Buffer.alloc(1024 * 1024 + 1));
    symlinkSync(inside('loop'), inside('loop'));
    const server = net.createServer().listen(inside('socket'));
    const problems = ['pipe', 'socket', 'folder', 'large', 'none', 'folder/none', 'large/none'];
    const found = await Promise.all(
      [...problems.map(inside), '/dev/zero', '/dev/tty', inside('loop'), inside('nul\0byte')].map(
        (file) => read(file).catch((error: { problem: string }) => error.problem),
      ),
    );
    server.close();
    expect(found).toEqual([
      'not-a-file',
      'not-a-file',
      'folder',
      'too-large',
      'missing',
      'missing',
      'missing',
      'not-a-file',
      'not-a-file',
      'unreadable',
      'missing',
    ]);
  });

  it('stops reading a file that grows faster than it is read', async () => {
    const growing = spawn('sh', ['-c', 'exec yes >> "$1"', 'sh', inside('growing')]);
    try {
      writeFileSync(inside('growing'), '');
      const outcomes = new Set<string>();
      for (let round = 0; round < 200 && !outcomes.has('too-large'); round += 1)
        outcomes.add(
          await read(inside('growing')).then(
            () => 'read',
            (error: { problem: string }) => error.problem,
          ),
        );
      expect([...outcomes]).toContain('too-large');
    } finally {
      growing.kill('SIGKILL');
    }
  });

  it('ends with the signal', async () => {
    const already = AbortSignal.abort();
    await expect(read(inside('key'), already)).rejects.toMatchObject({ code: 'SSH_CANCELLED' });
  });

  it('finds what a pattern means as glob(7) does', async () => {
    for (const name of ['b', 'a', '.hidden', 'c.conf', '[x]', 'B']) writeFileSync(inside(name), '');
    mkdirSync(inside('sub'));
    writeFileSync(inside('sub/a'), '');
    const found = async (pattern: string) =>
      (await globForeignFiles(inside(pattern))).map((file) => path.relative(folder, file));
    expect(await found('*')).toEqual(['B', '[x]', 'a', 'b', 'c.conf', 'sub']);
    expect(await found('.h*')).toEqual(['.hidden']);
    expect(await found('?.conf')).toEqual(['c.conf']);
    expect(await found('[ab]')).toEqual(['a', 'b']);
    expect(await found('[!a]')).toEqual(['B', 'b']);
    expect(await found('\\[x\\]')).toEqual(['[x]']);
    expect(await found('*/a')).toEqual(['sub/a']);
    expect(await found('s?b/*')).toEqual(['sub/a']);
    expect(await found('none')).toEqual([]);
    expect(await found('none/*')).toEqual([]);
    expect(await found(`${'*'.repeat(40)}z`)).toEqual([]);
  });
});
