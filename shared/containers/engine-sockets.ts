/** A socket of an engine that a machine has. */
export interface EngineSocket {
  readonly path: string;
  readonly usable: boolean;
  readonly owner: string;
  readonly group: string;
}

export interface FoundSockets {
  readonly user: string;
  readonly sockets: readonly EngineSocket[];
  /** Engines that are installed, whether they run or not. */
  readonly programs: readonly string[];
  /** Its sshd lets no way to a socket through, as far as its settings can be read. */
  readonly forbidden: boolean;
}

const mostLines = 50;

/** What resources/engine-sockets.sh printed; null where it did not come to its end. */
export function readSockets(output: string, mark: string): FoundSockets | null {
  const lines = output
    .split('\n')
    .flatMap((line) => (line.startsWith(`${mark} `) ? [line.slice(mark.length + 1).trimEnd()] : []))
    .slice(0, mostLines);
  if (!lines.includes('end')) return null;
  const after = (word: string) =>
    lines.flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length + 1)] : []));
  const sockets = after('socket').flatMap((line) => {
    const [, may, owner = '?', group = '?', path] = /^(\S+) (\S+) (\S+) (\/.*)$/.exec(line) ?? [];
    return path === undefined ? [] : [{ path, owner, group, usable: may === 'yes' }];
  });
  return {
    user: after('user')[0] ?? '?',
    sockets: once(sockets),
    programs: after('program'),
    forbidden: after('forbids').length > 0,
  };
}

/** /var/run is /run on most machines. */
function once(sockets: readonly EngineSocket[]): EngineSocket[] {
  const seen = new Set<string>();
  return sockets.filter(({ path }) => {
    if (seen.has(path)) return false;
    seen.add(path);
    return true;
  });
}
