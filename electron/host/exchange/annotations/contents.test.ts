import { createHash } from 'node:crypto';
import { readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { kindOf } from '../../../../shared/model/kinds/index.ts';
import { newValues } from '../../../../shared/model/kinds/schema.ts';
import { createAnnotations } from '../../annotations/index.ts';
import { temporaryData } from '../../db/temporary-data.ts';
import { createInventory } from '../../inventory/index.ts';
import { createRecords } from '../../records/index.ts';
import { createExchange } from '../index.ts';
import { contentIn, takeContents, writeContents } from './contents.ts';

const bytes = Buffer.from('the manual');
const sha256 = createHash('sha256').update(bytes).digest('hex');

it('contents go out by their hash and come in again, and none but the very same', async () => {
  const [first, second] = [temporaryData(), temporaryData()];
  const from = first.open();
  const to = second.open();
  for (const db of [from, to]) createInventory(db);
  const values = newValues(kindOf('device')).parse({ name: 'pi-1', kind: 'sbc' });
  const { id } = createRecords(from).create({ kind: 'device', values });
  const attaching = createAnnotations(from).attachments;
  const name = 'manual.txt';
  const { upload } = attaching.begin({ kind: 'device', id, name, sizeBytes: bytes.length });
  attaching.append({ upload, offset: 0, bytes });
  await attaching.finish({ upload });

  const folder = join(first.directory, 'out');
  expect(await writeContents(from, folder)).toEqual({ written: 1, missing: [] });
  expect(readdirSync(folder)).toEqual([sha256]);

  const file = { name: 'lab.yaml', bytes: Buffer.from(createExchange(from).write('yaml', null)) };
  const compared = createExchange(to).compare(file, { kind: null, map: new Map() });
  expect(compared.summary).toMatchObject({ missing: [name], missingTotal: 1 });
  compared.apply({ deletions: false, prefer: null });
  const again = createExchange(to).compare(file, { kind: null, map: new Map() });
  expect(again.summary).toMatchObject({ total: 0, missingTotal: 1 });
  await takeContents(to, folder, again.contents);
  const [attached] = createAnnotations(to).of({ kind: 'device', id }).attachments;
  const whole = { id: attached?.id ?? '', offset: 0, length: 100 };
  expect(createAnnotations(to).attachments.read(whole)).toEqual(bytes);

  const [needed] = compared.contents;
  if (needed === undefined) throw new Error('It was needed');
  writeFileSync(join(folder, sha256), 'the manuaI');
  expect(contentIn(folder, needed)).toBeUndefined();
  rmSync(join(folder, sha256));
  writeFileSync(join(folder, 'elsewhere'), bytes);
  symlinkSync(join(folder, 'elsewhere'), join(folder, sha256));
  expect(contentIn(folder, needed)).toBeUndefined();
  for (const data of [first, second]) data.remove();
});
