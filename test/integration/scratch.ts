import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const ours = /^rackhelm-of-(\d+)-/;
let swept = false;

/**
 * A new directory below the temporary one; whoever asks removes it. Its name holds the id of this
 * process, so that the next run removes it where this one is killed.
 */
export function makeScratch(kind: string): string {
  if (!swept) sweep();
  swept = true;
  return mkdtempSync(path.join(os.tmpdir(), `rackhelm-of-${process.pid}-${kind}-`));
}

function sweep(): void {
  for (const name of readdirSync(os.tmpdir())) {
    const owner = ours.exec(name)?.[1];
    if (owner === undefined || isRunning(Number(owner))) continue;
    rmSync(path.join(os.tmpdir(), name), { recursive: true, force: true });
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
