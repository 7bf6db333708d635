import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const ours = /^rackhelm-of-(\d+)-/;
const memory = '/dev/shm';
let swept = false;

/**
 * A new directory below the temporary one; whoever asks removes it. Its name holds the id of this
 * process, so that the next run removes it where this one is killed. `inMemory`: where there is a place
 * that needs no disk, for what writes to disk so often that it would wait for nothing else.
 */
export function makeScratch(kind: string, { inMemory = false } = {}): string {
  if (!swept) for (const place of [os.tmpdir(), memory]) sweep(place);
  swept = true;
  const place = inMemory && existsSync(memory) ? memory : os.tmpdir();
  return mkdtempSync(path.join(place, `rackhelm-of-${process.pid}-${kind}-`));
}

function sweep(place: string): void {
  if (!existsSync(place)) return;
  for (const name of readdirSync(place)) {
    const owner = ours.exec(name)?.[1];
    if (owner === undefined || isRunning(Number(owner))) continue;
    rmSync(path.join(place, name), { recursive: true, force: true });
  }
}

export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process may not be signalled, but it is there.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
