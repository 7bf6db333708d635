import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { findInstallation } from './installation.ts';

/** Prints which modules of the SSH library a host has loaded when it is ready. */
const program = `
const [host, options] = process.argv.slice(1);
const { startHost } = await import(host);
const { createRequire } = await import('node:module');
const started = await startHost(JSON.parse(options));
const loaded = Object.keys(createRequire(host).cache);
console.log(JSON.stringify({
  ssh: loaded.filter((file) => /node_modules.ssh2/.test(file)).length,
  database: loaded.filter((file) => /node_modules.better-sqlite3/.test(file)).length,
}));
await started.close();
`;

it('is ready without having loaded the SSH library, which takes a while', () => {
  const dataDirectory = mkdtempSync(path.join(tmpdir(), 'rackhelm-start-'));
  try {
    const host = pathToFileURL(path.join(import.meta.dirname, 'host.ts')).href;
    const options = {
      ...findInstallation(import.meta.dirname),
      ...{ dataDirectory, shell: 'browser' },
    };
    const args = ['--input-type=module', '-e', program, host, JSON.stringify(options)];
    const loaded = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
    expect(loaded).toEqual({ ssh: 0, database: expect.any(Number) });
    // What is certainly there shows that we would see it.
    expect(loaded.database).toBeGreaterThan(0);
  } finally {
    rmSync(dataDirectory, { recursive: true, force: true });
  }
}, 30_000);
