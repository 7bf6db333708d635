import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(new URL('../../../electron/cli.ts', import.meta.url));

export interface Outcome {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `rackhelm …` as a person without a terminal, an agent or any ssh configuration runs it. */
export class CommandLine {
  readonly directory = mkdtempSync(path.join(os.tmpdir(), 'rackhelm-cli-'));

  run(...args: readonly string[]): Promise<Outcome> {
    const { SSH_AUTH_SOCK: _, ...environment } = process.env;
    const env = { ...environment, HOME: this.directory, XDG_DATA_HOME: this.directory };
    // TypeScript runs as it is; the bundle is made from the same entry.
    const child = spawn(process.execPath, [entry, ...args], { env });
    const text = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (chunk) => {
        text[stream] += chunk;
      });
    }
    child.stdin.end();
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (exitCode) => resolve({ exitCode, ...text }));
    });
  }

  close(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
