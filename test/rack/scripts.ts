import { readFileSync } from 'node:fs';
import path from 'node:path';

const directory = path.join(import.meta.dirname, 'scripts');

/** The path on this computer of a shell script that builds or runs a node. */
export function scriptFile(name: string): string {
  return path.join(directory, name);
}

export function scriptText(name: string): string {
  return readFileSync(scriptFile(name), 'utf8');
}
