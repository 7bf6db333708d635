import { spawn } from 'node:child_process';
import { RackError } from './rack-error.ts';

export interface CommandResult {
  readonly stdout: string;
  readonly stderr: string;
  /** Null when it was ended by a signal or by the time limit. */
  readonly exitCode: number | null;
}

export interface CommandOptions {
  readonly stdin?: string;
  /** Milliseconds until it is killed. Default 30,000. */
  readonly timeoutMs?: number;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a program of this computer without a shell and waits for it; never throws on an exit code. */
export function runProgram(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: options.env ?? process.env,
      timeout: options.timeoutMs ?? 30_000,
      killSignal: 'SIGKILL',
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    // A program may end without reading its input; its exit code tells what came of it.
    child.stdin.on('error', () => {});
    child.on('error', (cause) => reject(new RackError(`${command} could not be run.`, { cause })));
    child.on('close', (exitCode) =>
      resolve({
        stdout: Buffer.concat(stdout).toString(),
        stderr: Buffer.concat(stderr).toString(),
        exitCode,
      }),
    );
    child.stdin.end(options.stdin ?? '');
  });
}

/** Like runProgram, but anything but exit code 0 is an error that carries what the program said. */
export async function mustRun(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const result = await runProgram(command, args, options);
  if (result.exitCode === 0) return result.stdout;
  const said = (result.stderr || result.stdout).trim().split('\n').slice(-5).join(' | ');
  throw new RackError(
    `${command} ${args.join(' ')} failed (${result.exitCode ?? 'killed'}): ${said}`,
  );
}
