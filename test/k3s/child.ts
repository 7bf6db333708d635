import { type ChildProcess, spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { log } from './log.ts';

/** Part of K3s itself, so it ends with it, however that ends. */
const leash = '/usr/bin/setpriv';

export interface ChildOptions {
  /** Default: what it says is part of K3s's own log. */
  readonly logFile?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** What it means when it ends by itself. Default: K3s ends too. */
  readonly onEnd?: (code: number | null) => void;
}

const children = new Set<ChildProcess>();
let isEnding = false;

export function startChild(
  name: string,
  words: readonly string[],
  options: ChildOptions = {},
): void {
  const out = options.logFile === undefined ? 2 : openSync(options.logFile, 'a', 0o600);
  const child = spawn(leash, ['--pdeathsig', 'KILL', ...words], {
    stdio: ['ignore', out, out],
    env: { ...process.env, NOTIFY_SOCKET: undefined, ...options.environment },
  });
  children.add(child);
  child.on('close', (code) => {
    children.delete(child);
    if (isEnding) return;
    if (options.onEnd) return options.onEnd(code);
    log('fatal', `${name} exited: exit status ${code}`);
    void endWith(1);
  });
}

/** Ends all of them, the youngest first, and then itself. */
export async function endWith(code: number): Promise<never> {
  isEnding = true;
  const running = [...children].reverse();
  const ended = running.map((child) => new Promise((resolve) => child.once('close', resolve)));
  for (const child of running) child.kill('SIGTERM');
  // The API waits for its clients, for a minute if need be.
  const late = setTimeout(() => {
    for (const child of running) child.kill('SIGKILL');
  }, 3_000);
  await Promise.all(ended);
  clearTimeout(late);
  process.exit(code);
}
