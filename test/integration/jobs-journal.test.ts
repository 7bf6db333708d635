import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isRunning } from '../../electron/host/db/index.ts';
import { makeScratch } from './scratch.ts';
import { describeWith } from './sshd/index.ts';

const child = new URL('./jobs-child.ts', import.meta.url).pathname;
let directory: string;
let running: ChildProcess | undefined;

beforeEach(() => {
  directory = makeScratch('journal');
});
afterEach(async () => {
  await kill();
  rmSync(directory, { recursive: true, force: true });
});

async function kill(): Promise<void> {
  if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
  running.kill('SIGKILL');
  await once(running, 'exit');
}

/** The first line that the other process tells. */
async function told([program = '', ...args]: readonly string[]): Promise<unknown> {
  const started = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  running = started;
  for await (const line of createInterface({ input: started.stdout })) return JSON.parse(line);
  throw new Error(`It ended without a word: ${started.exitCode}`);
}

describeWith(['mounts'], 'a job whose disk fills up', () => {
  /** In a mount namespace of its own, so that nothing of it is seen or left outside. */
  const onSmallDisk = (task: string) => {
    const script = 'mount -t tmpfs -o size=16m tmpfs "$1" && exec "$2" "$3" "$4" "$1"';
    const rest = ['sh', directory, process.execPath, child, task];
    return told(['unshare', '--mount', 'sh', '-c', script, ...rest]);
  };

  it('begins nothing that it could not write down, says so, and goes on once there is space', async () => {
    expect(await onSmallDisk('full-before-it-begins')).toEqual({
      failed: {
        code: 'DATA_DISK_FULL',
        says: expect.stringContaining('full'),
        state: 'failed',
        steps: ['done', 'failed'],
        changes: ['apply a'],
      },
      later: { state: 'done', steps: ['done', 'done'], changes: ['apply a', 'apply b'] },
    });
  });

  it('looks at the next start for what was done and could not be written down, and does it once', async () => {
    expect(await onSmallDisk('full-after-it-was-done')).toEqual({
      told: { state: 'done', steps: ['done', 'done'] },
      found: { state: 'interrupted', steps: ['done', 'begun'] },
      later: { state: 'done', steps: ['done', 'done'] },
      deeds: ['apply b', 'probe b', 'probe b'],
    });
  });
});

describe('who runs a job', () => {
  it('is known to be there while its process lives, and to be gone however that ends', async () => {
    const id = String(await told([process.execPath, child, 'runner', directory]));
    const file = join(directory, 'rackhelm.sqlite');
    const lock = join(directory, 'runners', `${id}.sqlite`);
    expect([isRunning(file, id), existsSync(lock)]).toEqual([true, true]);
    await kill();
    expect([isRunning(file, id), existsSync(lock)]).toEqual([false, false]);
  });
});
