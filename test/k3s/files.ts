import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { Identity } from '../cluster/certificates.ts';

/** Whole or not at all; folders on the way are root's alone unless they are there. */
export function write(file: string, text: string, mode = 0o600): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o755 });
  writeFileSync(`${file}.tmp`, text, { mode });
  chmodSync(`${file}.tmp`, mode);
  renameSync(`${file}.tmp`, file);
}

export function read(file: string): string {
  return readFileSync(file, 'utf8');
}

/** What a file says without its line end; null: there is none. */
export function readIfThere(file: string): string | null {
  return existsSync(file) ? read(file).trim() : null;
}

export function writePair(file: string, { certificate, key }: Identity): void {
  write(`${file}.crt`, certificate, 0o644);
  write(`${file}.key`, key);
}

export function readPair(file: string): Identity {
  return { certificate: read(`${file}.crt`), key: read(`${file}.key`) };
}

export function link(file: string, target: string): void {
  rmSync(file, { force: true });
  symlinkSync(target, file);
}

export function closedDirectory(directory: string): void {
  mkdirSync(directory, { recursive: true });
  chmodSync(directory, 0o700);
}

/** Names and contents of all files below, for who takes them over. */
export function filesBelow(directory: string, suffixes: RegExp): Readonly<Record<string, string>> {
  if (!existsSync(directory)) return {};
  return Object.fromEntries(
    readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .filter((name) => suffixes.test(name) && statSync(path.join(directory, name)).isFile())
      .map((name) => [name, read(path.join(directory, name))]),
  );
}
