/**
 * The newest installed kernel where it is newer than the one that runs; null: that is it. Flavours of
 * one version (`-rpi-v8` beside `-rpi-2712`) are kernels for other boards and are not compared.
 */
export function newestKernel(running: string, installed: readonly string[]): string | null {
  const own = flavour(running);
  const rivals = installed.filter((release) => /^\d/.test(release) && flavour(release) === own);
  const newest = rivals.reduce((best, one) => (compare(one, best) > 0 ? one : best), running);
  return newest === running ? null : newest;
}

/** What is left of it without its numbers: `-rpi-v8`, `-amd64`, `-generic`. */
function flavour(release: string): string {
  return /(?:[-+][a-z][\w-]*)?$/i.exec(release.replace(/^[\d.]+(-\d[\d.]*)*/, ''))?.[0] ?? '';
}

function compare(a: string, b: string): number {
  const [left, right] = [numbers(a), numbers(b)];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

const numbers = (release: string) =>
  (/^[\d.-]+/.exec(release)?.[0] ?? '').split(/[.-]/).map(Number);
