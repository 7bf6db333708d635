import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Machine } from './machine.ts';
import { machineFiles } from './machine-files.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'rackhelm-files-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const signal = new AbortController().signal;
/** The scripts as they are, on this computer. */
const run =
  (before = ''): Machine['run'] =>
  async (script, { args = [] }) => {
    const { stdout, stderr, status } = spawnSync('sh', [
      '-c',
      `${before}\n${script}`,
      'sh',
      ...args,
    ]);
    const evidence = { ran: '', where: '', as: '', at: 0, durationMs: 0, said: '', cut: false };
    return {
      stdout,
      stderr,
      exitCode: status,
      signalName: null,
      cut: false,
      evidence: { ...evidence, exit: status },
    };
  };

describe('the folder of a file', () => {
  const folder = () => join(root, 'timesyncd.conf.d');
  const path = () => join(folder(), '90-rackhelm.conf');
  const written = async () => {
    const files = machineFiles(run());
    await files.writeFile({ path: path(), content: 'ours' }, { signal, expect: null });
    expect(readFileSync(path(), 'utf8')).toBe('ours');
    const expected = await files.readFile(path(), { signal });
    if (!expected) throw new Error('It was not written.');
    return (withFolder: boolean) =>
      files.deleteFile(path(), { signal, expect: expected, folder: withFolder });
  };

  it('goes with the file that it was made for', async () => {
    await (await written())(true);
    expect(existsSync(folder())).toBe(false);
  });

  it('stays where it was there before, or holds something else by now', async () => {
    await (await written())(false);
    expect(existsSync(folder())).toBe(true);
    const take = await written();
    writeFileSync(join(folder(), 'another'), '');
    await take(true);
    expect(existsSync(join(folder(), 'another'))).toBe(true);
  });

  it('is not left behind where the file could not be written', async () => {
    const files = machineFiles(run('chmod() { echo No space left on device; return 1; }'));
    const write = () =>
      files.writeFile({ path: path(), content: 'ours', mode: 0o600 }, { signal, expect: null });
    await expect(write()).rejects.toMatchObject({ code: 'MACHINE_DISK_FULL' });
    expect(existsSync(folder())).toBe(false);
    mkdirSync(folder());
    await expect(write()).rejects.toMatchObject({ code: 'MACHINE_DISK_FULL' });
    expect(existsSync(folder())).toBe(true);
  });
});
