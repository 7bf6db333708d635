import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Whether this process may read its terminal. One that was started with `&`, or sent to the
 * background later, would be stopped by the terminal for trying. False where that cannot be told.
 */
export function inForeground(): boolean {
  try {
    const [own, foreground] = process.platform === 'linux' ? fromProc() : fromPs();
    return own !== undefined && own === foreground;
  } catch {
    // No /proc, no ps: without knowing, nothing is read.
    return false;
  }
}

/** Process group and the terminal's foreground group, the 5th and 8th field of proc_pid_stat(5). */
function fromProc(): (string | undefined)[] {
  const text = readFileSync('/proc/self/stat', 'utf8');
  // The 2nd field is a name in brackets, which may hold anything.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return [fields[2], fields[5]];
}

function fromPs(): (string | undefined)[] {
  const columns = ['-o', 'pgid=', '-o', 'tpgid=', '-p', String(process.pid)];
  return execFileSync('ps', columns, { encoding: 'utf8' }).trim().split(/\s+/);
}
