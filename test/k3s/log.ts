import { writeSync } from 'node:fs';

export type Level = 'info' | 'warning' | 'error' | 'fatal';

/** A line as K3s logs: with a time, a level and a quoted message. */
export function log(level: Level, message: string): void {
  const time = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const text = /^[\w./@^+-]+$/.test(message) ? message : JSON.stringify(message);
  writeSync(2, `time="${time}" level=${level} msg=${text}\n`);
}

/** What K3s cannot go on after. The last line says why, and the process ends with 1. */
export class Fatal extends Error {
  override readonly name = 'Fatal';
}

/** It ends as Go's programs do that find what may not be. */
export class Panic extends Error {
  override readonly name = 'Panic';
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
