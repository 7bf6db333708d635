import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Certificates of a made-up authority; its keys open nothing but servers of tests. */
export function pem(name: string): Buffer {
  return readFileSync(path.join(import.meta.dirname, 'pki', `${name}.pem`));
}
