/** `net.ipv4.ip_forward` and `net/ipv4/ip_forward` are the same; the first of the two marks counts. */
export function sysctlPath(key: string): string {
  const dot = key.indexOf('.');
  const slash = key.indexOf('/');
  const dotted = dot >= 0 && (slash < 0 || dot < slash);
  if (!dotted) return key;
  return key.replace(/[./]/g, (mark) => (mark === '.' ? '/' : '.'));
}

/** Values of several numbers come back with tabs between them. */
export const sameValue = (a: string, b: string) =>
  a.trim().split(/\s+/).join(' ') === b.trim().split(/\s+/).join(' ');

interface Assignment {
  readonly path: string;
  readonly value: string;
}

function readAssignment(line: string): Assignment | null {
  const found = /^\s*-?\s*([^\s#;=][^=]*?)\s*=\s*(.*?)\s*$/.exec(line);
  const [, key, value] = found ?? [];
  return key === undefined || value === undefined ? null : { path: sysctlPath(key), value };
}

const head = '# Written by Rackhelm.';

/** The file of ours with these values; what else stands in it stays. */
export function withSysctls(text: string | null, values: Readonly<Record<string, string>>): string {
  const wanted = new Map(Object.entries(values).map(([key, value]) => [sysctlPath(key), value]));
  const lines = (text ?? `${head}\n`).split('\n').map((line) => {
    const now = readAssignment(line);
    const value = now ? wanted.get(now.path) : undefined;
    if (!now || value === undefined || sameValue(now.value, value)) return line;
    return line.replace(/=.*$/, `= ${value}`);
  });
  const has = new Set(lines.map((line) => readAssignment(line)?.path));
  const missing = Object.entries(values).filter(([key]) => !has.has(sysctlPath(key)));
  const end = lines.at(-1) === '' ? lines.pop() : undefined;
  const added = missing.map(([key, value]) => `${key} = ${value}`);
  const all = [...lines, ...added];
  return end === undefined && missing.length === 0 ? all.join('\n') : `${all.join('\n')}\n`;
}

export interface Override {
  readonly file: string;
  readonly key: string;
  readonly value: string;
}

/** Where later files have the last word at a boot; the first directory wins for files of one name. */
const directories = ['/etc', '/run', '/usr/local/lib', '/usr/lib', '/lib'].map(
  (root) => `${root}/sysctl.d`,
);

/**
 * Which later file sets another value at the next boot. `lines`: as `grep -H` prints all files of
 * sysctl.d and /etc/sysctl.conf. That one is read last by procps and OpenRC, and by systemd where a
 * link in sysctl.d leads to it; it counts as last.
 */
export function overriddenBy(
  lines: readonly string[],
  ours: string,
  values: Readonly<Record<string, string>>,
): Override[] {
  const found = lines.flatMap((line) => {
    const [, file, text] = /^(\/[^:]+):(.*)$/.exec(line) ?? [];
    const assignment = readAssignment(text ?? '');
    return file === undefined || !assignment ? [] : [{ file, ...assignment }];
  });
  const later = found.filter(({ file }) => order(file) > order(ours) && !isShadowed(file, found));
  return Object.entries(values).flatMap(([key, value]) => {
    const of = later.filter(({ path }) => path === sysctlPath(key));
    const last = of.toSorted((a, b) => (order(a.file) < order(b.file) ? -1 : 1)).at(-1);
    if (!last || sameValue(last.value, value)) return [];
    return [{ file: last.file, key, value: last.value }];
  });
}

const nameOf = (file: string) => file.slice(file.lastIndexOf('/') + 1);
const order = (file: string) => (file === '/etc/sysctl.conf' ? '\uffff' : nameOf(file));

function isShadowed(file: string, all: readonly { readonly file: string }[]): boolean {
  const rank = (one: string) =>
    directories.findIndex((directory) => one.startsWith(`${directory}/`));
  if (rank(file) < 0) return false;
  return all.some(
    (other) =>
      rank(other.file) >= 0 && rank(other.file) < rank(file) && nameOf(other.file) === nameOf(file),
  );
}
