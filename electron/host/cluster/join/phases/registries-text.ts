import { parse } from 'yaml';

/** A registry that the machines of the rack pull from. */
export interface Registry {
  /** As images name it: `registry.lab:5000`. */
  readonly host: string;
  /** `http://registry.lab:5000` */
  readonly endpoint: string;
}

const BEGIN = '# Written by Rackhelm: registries of the rack.';
const END = '# End of what Rackhelm wrote.';

/**
 * registries.yaml with these as mirrors; what others wrote stays as it is, to the letter. Undefined: it
 * cannot be edited without writing it anew, which may lose comments and order of theirs.
 */
export function withRegistries(
  text: string | null,
  registries: readonly Registry[],
): string | undefined {
  const missing = registries.filter(({ host }) => !mirrorsOf(text).includes(host));
  if (missing.length === 0) return text ?? '';
  const lines = text === null || text === '' ? [] : text.replace(/\n$/, '').split('\n');
  const at = lines.findIndex((line) => /^mirrors:\s*(#.*)?$/.test(line));
  if (at < 0 && lines.some((line) => /^['"]?mirrors['"]?\s*:/.test(line))) return undefined;
  const block = (indent: string) =>
    [BEGIN, ...missing.flatMap(linesOf), END].map((line) => `${indent}${line}`);
  if (at < 0) return `${[...lines, 'mirrors:', ...block('  ')].join('\n')}\n`;
  // As deep as their entries, or ours would be taken for the parent of theirs.
  const next = lines.slice(at + 1).find((line) => line.trim() !== '' && !/^\s*#/.test(line));
  const indent = /^ +/.exec(next ?? '')?.[0] ?? '  ';
  const result = `${lines.toSpliced(at + 1, 0, ...block(indent)).join('\n')}\n`;
  const hosts = [...mirrorsOf(text), ...missing.map(({ host }) => host)].sort();
  return mirrorsOf(result).toSorted().join() === hosts.join() ? result : undefined;
}

/** Without our part; undefined: it is not whole any more. */
export function withoutRegistries(text: string): string | undefined {
  const lines = text.split('\n');
  const at = (mark: string) => lines.findIndex((line) => line.trim() === mark);
  const [from, to] = [at(BEGIN), at(END)];
  if (from < 0 && to < 0) return text;
  if (from < 1 || to < from) return undefined;
  const rest = lines.toSpliced(from, to - from + 1);
  const next = rest[from];
  const isOurs = rest[from - 1] === 'mirrors:' && (next === undefined || !/^\s/.test(next));
  return (isOurs ? rest.toSpliced(from - 1, 1) : rest).join('\n');
}

function linesOf({ host, endpoint }: Registry): string[] {
  return [`${JSON.stringify(host)}:`, '  endpoint:', `    - ${JSON.stringify(endpoint)}`];
}

function mirrorsOf(text: string | null): readonly string[] {
  const read = readMap(text ?? '');
  const mirrors = read?.mirrors;
  return typeof mirrors === 'object' && mirrors !== null ? Object.keys(mirrors) : [];
}

function readMap(text: string): Record<string, unknown> | undefined {
  try {
    const read: unknown = parse(text, { maxAliasCount: 20 }) ?? {};
    return typeof read === 'object' && read !== null && !Array.isArray(read)
      ? { ...read }
      : undefined;
  } catch {
    return undefined;
  }
}
