import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const windowState = z.object({
  bounds: z
    .object({
      x: z.number().int(),
      y: z.number().int(),
      width: z.number().int().positive(),
      height: z.number().int().positive(),
    })
    .nullable(),
  maximized: z.boolean(),
});
export type WindowState = z.infer<typeof windowState>;

const firstStart: WindowState = { bounds: null, maximized: false };

type Log = (line: string) => void;

/** How the window was left, kept in one small file. Losing it costs a resize, so it never throws. */
export class WindowStateFile {
  readonly #file: string;
  readonly #log: Log;

  constructor(directory: string, log: Log) {
    this.#file = path.join(directory, 'window.json');
    this.#log = log;
  }

  read(): WindowState {
    try {
      return windowState.parse(JSON.parse(readFileSync(this.#file, 'utf8')));
    } catch (error) {
      const isFirstStart = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      if (!isFirstStart) this.#log(`The window's last place could not be read: ${String(error)}`);
      return firstStart;
    }
  }

  /** Writes beside the file and renames, so that a cut never leaves half of it. */
  write(state: WindowState): void {
    try {
      mkdirSync(path.dirname(this.#file), { recursive: true });
      const fresh = `${this.#file}.new`;
      writeFileSync(fresh, `${JSON.stringify(state)}\n`, { mode: 0o600 });
      renameSync(fresh, this.#file);
    } catch (error) {
      this.#log(`The window's place could not be remembered: ${String(error)}`);
    }
  }
}
