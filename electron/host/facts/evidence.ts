import type { Frames, Part } from './frames.ts';

/** What one run of the script brought back, as the section parsers ask for it. */
export interface Evidence {
  /** A tool's output; undefined where the tool is not there or was not asked. */
  part(label: string): Part | undefined;
  /** A file's lines; undefined where it is missing, empty or unreadable. */
  lines(path: string): readonly string[] | undefined;
  /** The file's first line, trimmed; null where there is none. */
  line(path: string): string | null;
  /** Paths of the files that were read, in the script's order. */
  readonly paths: readonly string[];
  exists(path: string): boolean;
  /** Existing paths that the script was told to look for. */
  readonly existing: readonly string[];
  /** It exists and this user may not read it. */
  unreadable(path: string): boolean;
  hasTool(name: string): boolean;
  /** Where a symbolic link points, as far as asked. */
  link(path: string): string | null;
  /** Whether a process of this name runs; null where processes cannot be seen. */
  runs(comm: string): boolean | null;
}

const fileParts = ['files', 'net-files', 'routes-files', 'block-files', 'port-files'];
// Addresses on the PCI bus have colons in them; nothing else here does.
const fileLine = /^(\/sys\/bus\/pci\/devices\/[^/]+\/[^/:]+|\/[^:]+):(.*)$/;
const linkLine = /(\/\S+) -> (\S.*)$/;

export function readEvidence(frames: Frames): Evidence {
  const files = readFiles(frames);
  const { existing, denied, tools } = readPresence(frames);
  const links = readLinks(frames);
  const comms = new Set<string>();
  for (const [path, lines] of files) {
    if (/^\/proc\/\d+\/comm$/.test(path)) for (const line of lines) comms.add(line);
  }
  return {
    part: (label) => frames.parts.get(label),
    lines: (path) => files.get(path),
    line: (path) => files.get(path)?.[0]?.trim() || null,
    paths: [...files.keys()],
    exists: (path) => existing.has(path),
    existing: [...existing],
    unreadable: (path) => denied.has(path),
    hasTool: (name) => tools.has(name),
    link: (path) => links.get(path) ?? null,
    // The kernel keeps 15 characters. Other users' processes may be hidden: then init is, too.
    runs: (comm) => comms.has(comm.slice(0, 15)) || (files.has('/proc/1/comm') ? false : null),
  };
}

function readFiles(frames: Frames): Map<string, string[]> {
  const files = new Map<string, string[]>();
  for (const label of fileParts) {
    const known = new Set(files.keys());
    for (const line of frames.parts.get(label)?.text.split('\n') ?? []) {
      const [, path, content = ''] = fileLine.exec(line) ?? [];
      // Two parts may have asked for the same file.
      if (path === undefined || known.has(path)) continue;
      const lines = files.get(path);
      if (lines) lines.push(content);
      else files.set(path, [content]);
    }
  }
  return files;
}

function readPresence(frames: Frames) {
  const sets = { existing: new Set<string>(), denied: new Set<string>(), tools: new Set<string>() };
  for (const line of frames.parts.get('presence')?.text.split('\n') ?? []) {
    const rest = line.slice(1);
    if (line.startsWith('+')) sets.existing.add(rest);
    else if (line.startsWith('!')) sets.denied.add(rest);
    else if (line.startsWith('@')) sets.tools.add(rest);
  }
  return sets;
}

function readLinks(frames: Frames): Map<string, string> {
  const links = new Map<string, string>();
  for (const line of frames.parts.get('links')?.text.split('\n') ?? []) {
    const [, path, target] = linkLine.exec(line) ?? [];
    if (path !== undefined && target !== undefined) links.set(path, target);
  }
  return links;
}
