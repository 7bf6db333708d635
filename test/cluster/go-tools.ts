import { spawnSync } from 'node:child_process';
import { ClusterError } from './cluster-error.ts';
import { oldestGo } from './versions.ts';

/** Where Go's own archive lies when it is unpacked as its pages say; often not on the PATH of root. */
const usualPlace = '/usr/local/go/bin';

/** For every run of Go: the modules as the recipe names them, no C, no download of another Go. */
export function goEnvironment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PATH: `${process.env.PATH ?? ''}:${usualPlace}`,
    GOFLAGS: `${process.env.GOFLAGS ?? ''} -mod=mod`.trim(),
    GOTOOLCHAIN: 'local',
    CGO_ENABLED: '0',
    // The compiler spends a fifth of its time on its own garbage otherwise.
    GOGC: '400',
  };
}

/** Why nothing can be built here, in one sentence; null when it can. */
export function whyNoGo(): string | null {
  const { major, minor } = oldestGo;
  const result = spawnSync('go', ['env', 'GOVERSION'], { env: goEnvironment(), encoding: 'utf8' });
  const found = /^go(\d+)\.(\d+)/.exec(result.stdout ?? '');
  const wanted = `Go ${major}.${minor} or newer is missing`;
  if (!found) return `${wanted}.`;
  if (Number(found[1]) > major || Number(found[2]) >= minor) return null;
  return `${wanted}: there is ${found[0]}.`;
}

/** What `go … -json` says, as it says it. */
export function askGo(directory: string, args: readonly string[]): unknown {
  const result = spawnSync('go', [...args], {
    cwd: directory,
    env: goEnvironment(),
    encoding: 'utf8',
    timeout: 10 * 60_000,
    maxBuffer: 64 * 1024 * 1024,
  });
  if (result.status === 0) return JSON.parse(result.stdout);
  const said = `${result.stdout ?? ''}${result.stderr ?? ''}`
    .trim()
    .split('\n')
    .slice(-3)
    .join(' | ');
  throw new ClusterError(`go ${args.join(' ')} failed: ${said}`);
}
