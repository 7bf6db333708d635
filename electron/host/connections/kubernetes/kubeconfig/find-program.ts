import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const shellMs = 5_000;
const [begin, end] = ['<rackhelm-path>', '</rackhelm-path>'];

/**
 * Where programs are looked for: a desktop session knows fewer places than a terminal. The login shell
 * of the person is started to ask it, which runs their profile: only once somebody agreed.
 */
export async function loginPath(signal: AbortSignal): Promise<string> {
  const here = process.env.PATH ?? '';
  const shell = process.env.SHELL ?? os.userInfo().shell;
  if (process.platform === 'win32' || !shell || !path.isAbsolute(shell)) return here;
  const printed = await new Promise<string>((resolve) => {
    const script = `printf '%s%s%s' '${begin}' "$PATH" '${end}'`;
    const options = { timeout: shellMs, maxBuffer: 256 * 1024, signal } as const;
    const child = execFile(shell, ['-l', '-c', script], options, (_, stdout) => resolve(stdout));
    child.stdin?.end();
  });
  const from = printed.indexOf(begin);
  const to = printed.indexOf(end, from);
  // A shell of another kind prints it otherwise, or nothing.
  const told = from < 0 || to < 0 ? '' : printed.slice(from + begin.length, to);
  const places = [...told.split(path.delimiter), ...here.split(path.delimiter)];
  return [...new Set(places.filter((one) => path.isAbsolute(one)))].join(path.delimiter);
}

/** The file that a command means; null where there is none. */
export function findProgram(command: string, places: string): string | null {
  if (command === '') return null;
  if (path.isAbsolute(command)) return isProgram(command) ? command : null;
  if (/[/\\]/.test(command)) return null;
  const endings = process.platform === 'win32' ? ['', '.exe', '.cmd'] : [''];
  for (const place of places.split(path.delimiter)) {
    for (const ending of endings) {
      const file = path.join(place, command + ending);
      if (path.isAbsolute(file) && isProgram(file)) return file;
    }
  }
  return null;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
