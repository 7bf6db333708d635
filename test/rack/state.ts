import { createHash, randomBytes } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { RackAccount } from './accounts.ts';
import { slotCount } from './networks.ts';
import type { NodeSpec } from './node-spec.ts';
import { markProcess, type ProcessMark } from './process-table.ts';
import type { ProfileName } from './profiles.ts';
import { RackError } from './rack-error.ts';

/** Something that `down` must take away, written down before it is made. */
export type JournalEntry =
  | { readonly kind: 'network-namespace'; readonly name: string }
  | { readonly kind: 'namespace-directory' }
  | { readonly kind: 'link'; readonly name: string }
  | { readonly kind: 'route'; readonly prefix: string }
  | { readonly kind: 'mount'; readonly path: string }
  | { readonly kind: 'cgroup'; readonly path: string };

export interface RackDescription {
  readonly name: string;
  /** Eight hexadecimal digits that are in the name of everything this rack makes. */
  readonly id: string;
  readonly slot: number;
  readonly profile: ProfileName;
  readonly specs: readonly NodeSpec[];
  readonly accounts: readonly RackAccount[];
  /** Written last: without it the `up` did not end well. */
  readonly complete: boolean;
}

const rackName = /^[a-z0-9][a-z0-9-]{0,30}$/;

export function checkRackName(name: string): string {
  if (rackName.test(name)) return name;
  throw new RackError(
    `"${name}" cannot name a rack; use up to 31 small letters, digits and hyphens.`,
  );
}

const directoryPrefix = 'rackhelm-rack-';
const slotPrefix = 'rackhelm-slot-';

export function stateDirectoryOf(name: string): string {
  return path.join(os.tmpdir(), `${directoryPrefix}${checkRackName(name)}`);
}

/** Names of the racks that left a state directory here, complete or not. */
export function rackNames(): readonly string[] {
  return readdirSync(os.tmpdir())
    .filter((entry) => entry.startsWith(directoryPrefix))
    .map((entry) => entry.slice(directoryPrefix.length))
    .filter((name) => rackName.test(name));
}

/** The files of one rack: its description, its journal, its keys. Root only. */
export class RackState {
  readonly name: string;
  readonly directory: string;
  readonly id: string;

  constructor(name: string) {
    this.name = name;
    this.directory = stateDirectoryOf(name);
    this.id = createHash('sha256').update(this.directory).digest('hex').slice(0, 8);
  }

  path(...parts: readonly string[]): string {
    return path.join(this.directory, ...parts);
  }

  /** Anybody may write to the temporary directory, so one that root did not make is not trusted. */
  exists(): boolean {
    if (!existsSync(this.directory)) return false;
    const stat = lstatSync(this.directory);
    if (stat.isDirectory() && stat.uid === process.getuid?.()) return true;
    throw new RackError(`${this.directory} belongs to somebody else; remove it first.`);
  }

  create(): void {
    try {
      mkdirSync(this.directory, { mode: 0o700 });
    } catch (cause) {
      if (!isExisting(cause)) throw cause;
      throw new RackError(`Another process is starting the rack ${this.name}.`, { cause });
    }
    this.writeJson('starting.json', markProcess(process.pid));
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  writeJson(name: string, value: unknown): void {
    const file = this.path(name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }

  /** Null when it was never written. Only our own writeJson wrote it, so its shape is trusted. */
  readJson<T>(name: string): T | null {
    const file = this.path(name);
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : null;
  }

  description(): RackDescription | null {
    return this.readJson<RackDescription>('rack.json');
  }

  /** The process that is starting this rack, if one wrote its name down. */
  starter(): ProcessMark | null {
    return this.readJson<ProcessMark>('starting.json');
  }

  record(entry: JournalEntry): void {
    appendFileSync(this.path('journal'), `${JSON.stringify(entry)}\n`, { mode: 0o600 });
  }

  /** Newest first: the order in which things are taken away. */
  journal(): readonly JournalEntry[] {
    const file = this.path('journal');
    if (!existsSync(file)) return [];
    const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
    // Only record() writes here; a line that a crash cut short has no line end and is dropped.
    return lines.map((line) => JSON.parse(line) as JournalEntry).reverse();
  }

  networkNamespace(node: string): string {
    return `rackhelm-${this.id}-${node}`;
  }
}

/**
 * Symbolic links are made in one step with their content, so two racks never claim the same slot.
 * One whose addresses this computer has routes to already belongs to somebody else's network.
 */
export async function claimSlot(
  name: string,
  isRouted: (slot: number) => Promise<boolean>,
): Promise<number> {
  for (let slot = 0; slot < slotCount; slot++) {
    const link = path.join(os.tmpdir(), `${slotPrefix}${slot}`);
    try {
      symlinkSync(name, link);
    } catch (error) {
      if (!isExisting(error)) throw error;
      continue;
    }
    if (!(await isRouted(slot))) return slot;
    rmSync(link);
  }
  throw new RackError(`All ${slotCount} address ranges are taken; end a rack first.`);
}

function isExisting(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}

/** The links by which this rack holds its slot; more than one only after a crash. */
export function slotLinks(name: string): readonly string[] {
  return Array.from({ length: slotCount }, (_, slot) =>
    path.join(os.tmpdir(), `${slotPrefix}${slot}`),
  ).filter((link) => {
    const stat = lstatSync(link, { throwIfNoEntry: false });
    return stat?.isSymbolicLink() && readlinkSync(link) === name;
  });
}

export function releaseSlots(name: string): void {
  for (const link of slotLinks(name)) rmSync(link);
}

export function newSecret(): string {
  return randomBytes(12).toString('base64url');
}
