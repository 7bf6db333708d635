import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readForeignFile } from '../../electron/host/connections/ssh/foreign-file.ts';
import { CommandLine } from './command-line.ts';
import { describeWith } from './sshd/requirements.ts';

// Such a mount is played by FUSE spoken just far enough; see silent-mount.pl.
describeWith(['mounts', 'fuse', 'perl'], 'a network mount that is gone', () => {
  let folder: string;
  let mount: string;
  let server: ChildProcess;

  beforeEach(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'rackhelm-silent-'));
    mount = path.join(folder, 'mount');
    mkdirSync(mount);
    server = spawn('perl', [path.join(import.meta.dirname, 'silent-mount.pl'), mount], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await new Promise((resolve, reject) => {
      server.stdout?.once('data', resolve);
      server.once('exit', reject);
    });
  });
  afterEach(async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.stdin?.end();
    await ended;
    rmSync(folder, { recursive: true });
  });

  it('costs an attempt its time, and others nothing', async () => {
    const elsewhere = path.join(folder, 'elsewhere');
    writeFileSync(elsewhere, 'x');
    const begin = performance.now();
    const silent = Array.from({ length: 8 }, (_, count) =>
      readForeignFile(path.join(mount, `id-${count}`), {
        kind: 'key',
        signal: AbortSignal.timeout(1_500),
      }).catch(() => 'gave up'),
    );
    expect(await Promise.all(silent)).toEqual(Array(8).fill('gave up'));
    expect(performance.now() - begin).toBeLessThan(10_000);
    const { content } = await readForeignFile(elsewhere, { kind: 'key' });
    expect(content.toString()).toBe('x');
  });

  it.each([['a configuration', '--ssh-config']])(
    'lets the command line end, with a sentence, where %s lies there',
    async (_what, option) => {
      const commandLine = new CommandLine();
      const begin = performance.now();
      const { stderr, exitCode } = await commandLine.run(
        ...['facts', 'root@127.0.0.1', '--port', '1', '--timeout', '3', '--accept-new-host-key'],
        ...[option, path.join(mount, 'file')],
      );
      await commandLine.close();
      expect(stderr).toMatch(/\w.*\.\n/);
      expect(exitCode).toBeGreaterThan(0);
      expect(performance.now() - begin).toBeLessThan(15_000);
    },
  );
});
