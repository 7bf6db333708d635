import { spawn } from 'node:child_process';
import type { Machine, RunOptions, RunResult } from '../../engine/machines/index.ts';

/** What a test looks at without SSH: this computer, under a given shell. It can do nothing but run. */
export function localMachine(
  interpreter: readonly string[] = ['sh'],
  env: Readonly<Record<string, string | undefined>> = {},
): Pick<Machine, 'name' | 'user' | 'run'> {
  const run = (script: string, { args = [] }: RunOptions): Promise<RunResult> => {
    const [program = 'sh', ...words] = interpreter;
    const child = spawn(program, [...words, '-s', ...args], { env: { ...process.env, ...env } });
    return new Promise((resolve, reject) => {
      const [out, err]: [Buffer[], Buffer[]] = [[], []];
      child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
      child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
      child.stdin.on('error', () => undefined);
      child.stdin.end(script);
      child.on('error', reject);
      child.on('close', (exitCode, signalName) => {
        const evidence = {
          ran: 'sh -s',
          where: 'local',
          as: 'root',
          at: 0,
          durationMs: null,
          said: '',
          cut: false,
          exit: exitCode,
        };
        const [stdout, stderr] = [Buffer.concat(out), Buffer.concat(err)];
        resolve({ stdout, stderr, exitCode, signalName, evidence });
      });
    });
  };
  return { name: 'local', user: 'root', run };
}
