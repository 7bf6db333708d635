import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { KeptPlace } from './kept-place.ts';

let folder = '';
let reported: unknown[] = [];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rackhelm-place-'));
  reported = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const open = () => new KeptPlace(folder, (error) => reported.push(error));

it('is known again after a restart, and readable by its owner alone', () => {
  const place = open();
  expect(place.address).toBeNull();
  place.keep('#/devices?search=pi');
  expect(open().address).toBe('#/devices?search=pi');
  expect(readdirSync(folder)).toEqual(['place.json']);
  expect(statSync(path.join(folder, 'place.json')).mode & 0o777).toBe(0o600);
  expect(reported).toEqual([]);
});

it.each(['', '{', '[]', '{"address":7}', `{"address":"${'x'.repeat(5000)}"}`])(
  'begins anew where the file says nothing of use: %.20s',
  (text) => {
    writeFileSync(path.join(folder, 'place.json'), text);
    expect(open().address).toBeNull();
    expect(reported).toEqual([]);
  },
);

it('goes on without the directory', () => {
  const place = open();
  rmSync(folder, { recursive: true });
  place.keep('#/history');
  expect(place.address).toBe('#/history');
  expect(reported).toEqual([]);
});
