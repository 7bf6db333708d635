import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { place } from '../../shared/contract/system.ts';

const keptPlace = z.object({ address: place });

const code = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : null);

/**
 * Where in the window the person was last, beside the inventory that it is a place of: the browser
 * shell has another port at each start, for which a browser keeps nothing. Losing it costs a click, so
 * nothing here throws.
 */
export class KeptPlace {
  readonly #file: string;
  readonly #report: (error: unknown) => void;
  #address: string | null;

  constructor(dataDirectory: string, report: (error: unknown) => void) {
    this.#file = path.join(dataDirectory, 'place.json');
    this.#report = report;
    this.#address = this.#read();
  }

  get address(): string | null {
    return this.#address;
  }

  /** Writes beside the file and renames, so that a cut never leaves half of it. */
  keep(address: string): void {
    if (address === this.#address) return;
    this.#address = address;
    try {
      const fresh = `${this.#file}.new`;
      writeFileSync(fresh, `${JSON.stringify({ address })}\n`, { mode: 0o600 });
      renameSync(fresh, this.#file);
    } catch (error) {
      // The directory is read-only, full, or gone: whatever must be told of that is told elsewhere.
      if (!['EACCES', 'EROFS', 'ENOSPC', 'ENOENT'].includes(String(code(error))))
        this.#report(error);
    }
  }

  #read(): string | null {
    try {
      return keptPlace.parse(JSON.parse(readFileSync(this.#file, 'utf8'))).address;
    } catch (error) {
      // None yet; or written by hand or by a later release, and then of no use.
      const expected = code(error) === 'ENOENT' || error instanceof SyntaxError;
      if (!expected && !(error instanceof z.ZodError)) this.#report(error);
      return null;
    }
  }
}
