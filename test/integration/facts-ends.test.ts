import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { collectFacts } from '../../electron/host/facts/index.ts';
import { findInstallation } from '../../electron/host/installation.ts';
import { readRemoteScript } from '../../electron/host/remote-script.ts';
import { fakeTools, LocalShell } from './facts-local-shell.ts';

const script = readRemoteScript(findInstallation(import.meta.dirname).resourcesDirectory, 'facts');
const temporary: string[] = [];
const started: ChildProcess[] = [];

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  for (const path of temporary.splice(0)) rmSync(path, { recursive: true, force: true });
});

function pathWith(tools: Readonly<Record<string, string>>): { PATH: string; HOME: string } {
  const directory = fakeTools(tools);
  temporary.push(directory);
  return { PATH: `${directory}:${process.env.PATH ?? ''}`, HOME: '/' };
}

/** Command lines of the processes with this environment's own PATH, which the script makes longer. */
function leftFrom({ PATH }: { PATH: string }): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
        const isOurs = environment.some((value) => value.startsWith(`PATH=${PATH}`));
        return isOurs ? [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')] : [];
      } catch {
        return []; // It ended meanwhile.
      }
    });
}

async function until(isSo: () => boolean, withinMs: number): Promise<void> {
  const begin = performance.now();
  while (!isSo() && performance.now() - begin < withinMs) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** A wrapper, as many tools are: what it starts is not ended with it. */
const wrapper = 'sleep 61.3; echo never';
const away = '( trap "" TERM; setsid sleep 61.3 ) & sleep 61.3';

describe.each([['dash'], ['bash'], ['busybox', 'ash']])(
  'what the script starts, under %s',
  (...interpreter) => {
    it('ends with its time, also what a wrapper started and what left the process group', async () => {
      const env = pathWith({ lsblk: away, 'nvidia-smi': wrapper });
      const { signal } = new AbortController();
      const facts = await collectFacts(new LocalShell({ interpreter, env }), {
        script,
        signal,
        timeoutMs: 7_000,
      });
      expect(facts.sections.gpus.status).toBe('failed');
      await until(() => leftFrom(env).length === 0, 6_000);
      expect(leftFrom(env)).toEqual([]);
    });

    it('ends where a quick tool hangs, and costs its own section only', async () => {
      const env = pathWith({ uname: wrapper });
      const { signal } = new AbortController();
      const facts = await collectFacts(new LocalShell({ interpreter, env }), {
        script,
        signal,
        timeoutMs: 9_000,
      });
      expect(facts.sections.hostname.status).toBe('ok');
      expect(facts.sections.memory.status).toBe('ok');
      await until(() => leftFrom(env).length === 0, 4_000);
      expect(leftFrom(env)).toEqual([]);
    });

    it.each(['SIGTERM', 'SIGHUP', 'SIGKILL'] as const)(
      'ends when it is ended by %s',
      async (signal) => {
        const env = pathWith({ lsblk: wrapper, ip: wrapper });
        const [program = 'sh', ...args] = interpreter;
        const child = spawn(program, [...args, '-s', 'abc123', '11'], {
          env,
          stdio: ['pipe', 'ignore', 'ignore'],
        });
        started.push(child);
        child.stdin.end(script);
        await until(() => leftFrom(env).some((line) => line.includes('61.3')), 8_000);
        expect(leftFrom(env).join()).toContain('61.3');
        child.kill(signal);
        await until(() => leftFrom(env).length === 0, 6_000);
        expect(leftFrom(env)).toEqual([]);
      },
    );

    it('ends when whoever had called it is gone', async () => {
      const env = pathWith({ ip: wrapper });
      // What stands for the server: a process that has the login shell as its child.
      const command = `${interpreter.join(' ')} -s abc123 11; :`;
      const server = spawn('bash', ['-c', `bash -c '${command}' <&0 >/dev/null 2>&1 & wait`], {
        env: { ...env, PATH: env.PATH },
        stdio: ['pipe', 'ignore', 'ignore'],
      });
      started.push(server);
      server.stdin.end(script);
      await until(() => leftFrom(env).some((line) => line.includes('61.3')), 8_000);
      server.kill('SIGKILL');
      await until(() => leftFrom(env).every((line) => !line.includes('61.3')), 6_000);
      expect(leftFrom(env).filter((line) => line.includes('61.3'))).toEqual([]);
    });
  },
);
