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
  /** False where the output was cut before it told what is there: then nothing is known to be absent. */
  readonly toldPresence: boolean;
  /** `$SSH_CONNECTION`: the client's address and port, then the machine's own; null without. */
  readonly connection: string | null;
  /** Where a symbolic link points, as far as asked. */
  link(path: string): string | null;
  /**
   * Notes that a tool answered with what could not be believed, and what its plain form was not asked
   * yet: the script is then run once more for these alone.
   */
  doubt(tool: Doubtful): void;
  readonly doubts: ReadonlySet<Doubtful>;
  /** Whether a process of this name runs; null where processes cannot be seen. */
  runs(comm: string): boolean | null;
}

/** Tools whose plain form the script can be asked for. */
export const doubtful = [
  'addresses',
  'routes',
  'ports',
  'lsblk',
  'df',
  'lldp',
  'gpu',
  'docker',
  'time',
] as const;
export type Doubtful = (typeof doubtful)[number];

const fileParts = ['files', 'net-files', 'routes-files', 'block-files', 'port-files'];
const pciDevices = '/sys/bus/pci/devices/';

export function readEvidence(frames: Frames): Evidence {
  const files = readFiles(frames);
  const { existing, denied, tools, connection } = readPresence(frames);
  const links = readLinks(frames);
  const comms = new Set<string>();
  const doubts = new Set<Doubtful>();
  // The list of processes stands late in its part.
  const seesAll =
    frames.parts.get('ps')?.end === 0 ||
    (files.has('/proc/1/comm') && frames.parts.get('files')?.end !== 'cut');
  for (const [path, lines] of files) {
    if (/^\/proc\/\d+\/comm$/.test(path)) for (const line of lines) comms.add(line);
  }
  // BSD has no /proc; its ps shows paths as well.
  const ps = frames.parts.get('ps');
  for (const line of ps?.text.split('\n') ?? []) {
    comms.add((line.trim().split('/').at(-1) ?? '').slice(0, 15));
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
    toldPresence: frames.parts.get('presence')?.end === 0,
    doubt: (tool) => void doubts.add(tool),
    doubts,
    connection: [...connection][0] ?? null,
    link: (path) => links.get(path) ?? null,
    // The kernel keeps 15 characters. Other users' processes may be hidden: then init is, too.
    runs: (comm) => comms.has(comm.slice(0, 15)) || (seesAll ? false : null),
  };
}

function readFiles(frames: Frames): Map<string, string[]> {
  const files = new Map<string, string[]>();
  for (const label of fileParts) {
    const known = new Set(files.keys());
    for (const line of frames.parts.get(label)?.text.split('\n') ?? []) {
      const colon = colonAfterPath(line);
      if (colon === -1) continue;
      const path = line.slice(0, colon);
      // A file that was written under Windows says the same.
      const content = line.slice(colon + 1, line.endsWith('\r') ? -1 : undefined);
      // Two parts may have asked for the same file.
      if (known.has(path)) continue;
      const lines = files.get(path);
      if (lines) lines.push(content);
      else files.set(path, [content]);
    }
  }
  return files;
}

/** -1 where the line is none of a file. Addresses on the PCI bus have colons; no other path has. */
function colonAfterPath(line: string): number {
  if (!line.startsWith('/')) return -1;
  return line.indexOf(':', line.startsWith(pciDevices) ? line.indexOf('/', pciDevices.length) : 2);
}

function readPresence(frames: Frames) {
  const sets = {
    existing: new Set<string>(),
    denied: new Set<string>(),
    tools: new Set<string>(),
    connection: new Set<string>(),
  };
  for (const line of frames.parts.get('presence')?.text.split('\n') ?? []) {
    const rest = line.slice(1);
    if (line.startsWith('+')) sets.existing.add(rest);
    else if (line.startsWith('!')) sets.denied.add(rest);
    else if (line.startsWith('@')) sets.tools.add(rest);
    else if (line.startsWith('=')) sets.connection.add(rest);
  }
  return sets;
}

function readLinks(frames: Frames): Map<string, string> {
  const links = new Map<string, string>();
  for (const line of frames.parts.get('links')?.text.split('\n') ?? []) {
    const arrow = line.indexOf(' -> ');
    const path = line.slice(line.lastIndexOf(' ', arrow - 1) + 1, arrow);
    if (arrow !== -1 && path.startsWith('/')) links.set(path, line.slice(arrow + 4));
  }
  return links;
}
