import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createReporter } from './log.ts';

let folder: string;
let at = 0;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rackhelm-log-'));
  at = Date.now();
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = () => path.join(folder, 'logs', 'rackhelm.log');
const entries = () =>
  readFileSync(file(), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

it('writes an error with its stack and its causes', () => {
  const cause = new RangeError('too far');
  createReporter(folder)(new Error('it broke', { cause }));
  expect(entries()).toHaveLength(1);
  expect(entries()[0]).toMatchObject({
    msg: 'it broke',
    err: { type: 'Error', cause: { type: 'RangeError', message: 'too far' } },
  });
  expect(entries()[0].err.stack).toContain('log.test.ts');
});

it('leaves out what hangs on an error beside its text', () => {
  createReporter(folder)(Object.assign(new Error('it broke'), { data: { typed: 'hunter2' } }));
  expect(readFileSync(file(), 'utf8')).not.toContain('hunter2');
});

it('writes a few of a kind in a minute and counts the rest', () => {
  const report = createReporter(folder, { now: () => at });
  for (let count = 0; count < 5_000; count += 1) report(new Error('a bad message'));
  expect(entries()).toHaveLength(10);
  report(new Error('something else'));
  expect(entries()).toHaveLength(11);
  at += 60_000;
  report(new Error('a bad message'));
  expect(entries().at(-1)).toMatchObject({ msg: 'a bad message', leftOutBefore: 4_990 });
});

it('is bounded when each error says something else', () => {
  const report = createReporter(folder, { now: () => at });
  for (let count = 0; count < 5_000; count += 1) report(new Error(`no file ${count}`));
  expect(entries().length).toBeLessThan(100);
});

it('cuts a text that carries its whole input', () => {
  createReporter(folder)(new Error('x'.repeat(10_000_000)));
  expect(statSync(file()).size).toBeLessThan(50_000);
});

it('puts a full log aside while it runs, and keeps two files at most', () => {
  const report = createReporter(folder, { now: () => at });
  for (let minute = 0; minute < 100; minute += 1) {
    at += 60_000;
    for (let kind = 0; kind < 10; kind += 1) {
      for (let count = 0; count < 10; count += 1) report(new Error(`${kind}${'y'.repeat(8_000)}`));
    }
  }
  const files = readdirSync(path.join(folder, 'logs')).sort();
  expect(files).toEqual(['rackhelm.log', 'rackhelm.log.1']);
  for (const name of files) {
    expect(statSync(path.join(folder, 'logs', name)).size).toBeLessThan(6 * 1024 * 1024);
  }
  expect(entries().length).toBeGreaterThan(0);
});
