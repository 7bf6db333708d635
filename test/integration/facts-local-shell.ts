import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  ExecOptions,
  ExecResult,
  RemoteShell,
} from '../../electron/host/connections/ssh/types.ts';

export interface LocalShellOptions {
  /** The program that stands for `sh`, with its arguments: `['busybox', 'ash']`. */
  readonly interpreter: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Shell text around the command line, as a login profile prints it. */
  readonly before?: string;
  readonly after?: string;
  /** Kills the interpreter once this many bytes came on stdout. */
  readonly killAfterBytes?: number;
}

/** A RemoteShell whose machine is this one, without SSH: `sh -s NONCE` under a given shell. */
export class LocalShell implements RemoteShell {
  readonly #options: LocalShellOptions;
  stdout = '';

  constructor(options: LocalShellOptions) {
    this.#options = options;
  }

  exec(command: string, { stdin = '' }: ExecOptions): Promise<ExecResult> {
    const { interpreter, env, before, after, killAfterBytes } = this.#options;
    const [program = 'sh', ...args] = interpreter;
    // The command line is `sh -s 'NONCE' SECONDS`.
    const shellArgs = command.replaceAll("'", '').split(' ').slice(1);
    // With noise around it, sh is a child of the login shell, as it is on a real machine. Bash takes
    // a socket on stdin for a remote login and would read the profile of whoever runs this.
    const noisy = before !== undefined || after !== undefined;
    const line = `${before ?? ''}\n${interpreter.join(' ')} ${shellArgs.join(' ')}\n${after ?? ''}`;
    const child = noisy
      ? spawn('bash', ['-c', line], { env: { ...process.env, HOME: tmpdir(), ...env } })
      : spawn(program, [...args, ...shellArgs], { env: env ?? process.env });
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      const errors: Buffer[] = [];
      let size = 0;
      child.stdout.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (killAfterBytes !== undefined && size >= killAfterBytes) child.kill('SIGKILL');
      });
      child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
      child.stdin.on('error', () => undefined);
      child.stdin.end(stdin);
      child.on('error', reject);
      child.on('close', (exitCode, signalName) => {
        const stdout = Buffer.concat(chunks);
        this.stdout = stdout.toString();
        resolve({ stdout, stderr: Buffer.concat(errors), exitCode, signalName });
      });
    });
  }
}

/** A directory of fake tools, each a shell script; put it first on the PATH. */
export function fakeTools(tools: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'rackhelm-tools-'));
  for (const [name, body] of Object.entries(tools)) {
    writeFileSync(join(directory, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  }
  return directory;
}
