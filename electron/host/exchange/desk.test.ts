import { afterEach, beforeEach, expect, it } from 'vitest';
import { largestFile, pieceBytes } from '../../../shared/contract/exchange.ts';
import type { Database } from '../db/index.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import { createInventory } from '../inventory/index.ts';
import { createRecords } from '../records/index.ts';
import { createExchangeDesk, type ExchangeDesk } from './index.ts';

let data: TemporaryData;
let db: Database;
let desk: ExchangeDesk;
beforeEach(() => {
  data = temporaryData();
  db = data.open();
  createInventory(db);
  desk = createExchangeDesk(db, data.directory);
});
afterEach(async () => {
  await desk.end();
  data.remove();
});

async function send(text: string, name: string): Promise<string> {
  const bytes = Buffer.from(text);
  const { file } = await desk.open({ name, size: bytes.length });
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    await desk.send({ file, piece: bytes.subarray(at, at + pieceBytes).toString('base64') });
  }
  return file;
}

it('takes a file in pieces, shows pages of what it changes, and writes it', async () => {
  const rows = Array.from({ length: 40_000 }, (_, n) =>
    `10.${n >> 8}.${n & 255}.1/24,`.padEnd(30, ' '),
  );
  const file = await send(`Address,Comment\n${rows.join('\n')}\n`, 'addresses.csv');
  const summary = await desk.compare({
    file,
    kind: null,
    map: [{ header: 'Comment', target: null }],
  });
  expect(summary).toMatchObject({ total: 40_000, table: { kind: 'address', delimiter: ',' } });
  const page = await desk.differences({ file, offset: 39_999, limit: 5 });
  expect(page).toMatchObject([{ action: 'add', name: '10.156.63.1/24', line: 40_001 }]);
  const applied = await desk.apply({ file, deletions: false, prefer: null });
  expect(applied.added).toBe(40_000);
  expect(db.history.state().undo?.title).toBe('Imported addresses.csv');
}, 120_000);

it('gives a written file in pieces, and lets go of it with the last one', async () => {
  const records = createRecords(db);
  records.create({ kind: 'site', values: { name: 'Straße', comment: 'x'.repeat(20_000) } });
  const written = await desk.write({ format: 'yaml', kind: null });
  expect(written.name).toBe('rackhelm.yaml');
  const { piece } = await desk.read({ file: written.file, offset: 0 });
  const bytes = Buffer.from(piece, 'base64');
  expect(bytes.length).toBe(written.size);
  expect(bytes.toString()).toContain('name: Straße');
  await expect(desk.read({ file: written.file, offset: 0 })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  const file = await send(bytes.toString().replace('Straße', 'Platz'), 'a/b/lab.yaml');
  const { base, total } = await desk.compare({ file, kind: null, map: [] });
  expect({ base, total }).toEqual({ base: 'known', total: 1 });
});

it('refuses what is too large before it comes, or when more comes than was said', async () => {
  await expect(desk.open({ name: 'x', size: largestFile + 1 })).rejects.toMatchObject({
    code: 'FILE_INVALID',
  });
  const { file } = await desk.open({ name: 'x', size: 10 });
  const piece = Buffer.alloc(8 * 1024 * 1024).toString('base64');
  const sending = Array.from({ length: 9 }, () => desk.send({ file, piece }));
  await expect(Promise.all(sending)).rejects.toMatchObject({ code: 'FILE_INVALID' });
  await desk.close({ file });
  await expect(desk.compare({ file, kind: null, map: [] })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});
