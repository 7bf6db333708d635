/** Addresses by which a machine means itself; lines of others are never touched. */
const own = new Set(['127.0.0.1', '127.0.1.1', '::1']);

interface HostsLine {
  readonly address: string;
  readonly names: readonly string[];
}

function read(line: string): HostsLine | null {
  const [address, ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
  return address === undefined || address === '' ? null : { address, names };
}

const short = (name: string) => name.split('.')[0] ?? name;

export interface Renaming {
  /** Names that the machine goes by now. */
  readonly from: readonly string[];
  readonly to: string;
}

/**
 * /etc/hosts with the new name where the machine names itself: the old names in the lines of 127.0.0.1,
 * 127.0.1.1 and ::1 are replaced, with their domain; where none stands there, 127.0.1.1 gets the name.
 */
export function renameInHosts(text: string | null, { from, to }: Renaming): string {
  const lines = (text ?? '127.0.0.1\tlocalhost\n').split('\n');
  const olds = from.filter((name) => name !== to && short(name) !== 'localhost' && name !== '');
  const renamed = lines.map((line) => {
    const entry = read(line);
    if (!entry || !own.has(entry.address)) return line;
    return olds.reduce((now, old) => renameIn(now, old, to), line);
  });
  const named = renamed.some((line) => {
    const entry = read(line);
    return entry !== null && own.has(entry.address) && entry.names.includes(to);
  });
  return (named ? renamed : withName(renamed, to)).join('\n');
}

/** One name in one line: `old` and `old.domain`, as whole words; what becomes double goes. */
function renameIn(line: string, old: string, to: string): string {
  const at = line.indexOf('#');
  const [entry, comment] = at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at)];
  const had = new Set(entry.trim().split(/\s+/));
  const changed = entry.replace(/(\s+)(\S+)/g, (all, gap: string, name: string) => {
    const next = nameFor(name, old, to);
    if (next === name) return all;
    if (had.has(next)) return '';
    had.add(next);
    return `${gap}${next}`;
  });
  return `${changed}${comment}`;
}

function nameFor(name: string, old: string, to: string): string {
  if (name === old) return to;
  if (short(old) !== short(name)) return name;
  if (name === short(old)) return short(to);
  const domain = name.slice(short(name).length);
  return name.startsWith(`${short(old)}.`) ? `${short(to)}${domain}` : name;
}

function withName(lines: readonly string[], to: string): string[] {
  const names = to.includes('.') ? `${to} ${short(to)}` : to;
  const second = lines.findIndex((line) => read(line)?.address === '127.0.1.1');
  if (second >= 0) {
    return lines.map((line, index) =>
      index === second ? line.replace(/^(\s*127\.0\.1\.1)(\s+)/, `$1$2${names} `) : line,
    );
  }
  const first = lines.findIndex((line) => read(line)?.address === '127.0.0.1');
  return lines.toSpliced(first + 1, 0, `127.0.1.1\t${names}`);
}

/** Lines of other addresses that still call somebody by an old name: for the person to look at. */
export function othersCalled(text: string | null, names: readonly string[]): string[] {
  const lines = (text ?? '').split('\n').filter((line) => {
    const entry = read(line);
    return entry !== null && !own.has(entry.address) && entry.names.some((n) => names.includes(n));
  });
  return lines.map((line) => line.trim());
}
