import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { makeScratch } from './scratch.ts';

/**
 * Under `npm test` what was just bundled, which starts in a quarter of the processor time and is what people
 * run; a test that is run by itself takes the sources, so that no bundle has to be made first.
 */
const folder = process.env.RACKHELM_BUNDLED ? '../../out/main' : '../../electron';
const ending = process.env.RACKHELM_BUNDLED ? 'js' : 'ts';

export interface Outcome {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  /** Once it ended and all that it printed was read. */
  readonly ended: Promise<Outcome>;
  /** What came on that stream up to its first whole line; fails when there is none. */
  firstLine(stream: 'stdout' | 'stderr'): Promise<string>;
}

/** `rackhelm …` as a person without a terminal, an agent or any ssh configuration runs it. */
export class CommandLine {
  /** Home and data of that person. */
  readonly directory = makeScratch('cli');
  readonly #started: Started[] = [];

  start(entry: 'cli' | 'serve', ...args: readonly string[]): Started {
    const { SSH_AUTH_SOCK: _, ...environment } = process.env;
    const env = { ...environment, HOME: this.directory, XDG_DATA_HOME: this.directory };
    const program = fileURLToPath(new URL(`${folder}/${entry}.${ending}`, import.meta.url));
    const child = spawn(process.execPath, [program, ...args], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const started = follow(child);
    this.#started.push(started);
    return started;
  }

  run(...args: readonly string[]): Promise<Outcome> {
    return this.start('cli', ...args).ended;
  }

  /** Ends what still runs. */
  async close(): Promise<void> {
    for (const { child, ended } of this.#started) {
      child.kill('SIGKILL');
      await ended;
    }
    rmSync(this.directory, { recursive: true, force: true });
  }
}

function follow(child: Started['child']): Started {
  const text = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (chunk) => {
      text[stream] += chunk;
    });
  }
  const ended = once(child, 'close').then(([exitCode]) => ({ exitCode, ...text }));
  return {
    child,
    ended,
    async firstLine(stream) {
      while (!text[stream].includes('\n')) {
        const more = await Promise.race([once(child[stream], 'data'), ended.then(() => null)]);
        if (more === null) throw new Error(`It ended without a line on ${stream}: ${text.stderr}`);
      }
      return text[stream];
    },
  };
}
