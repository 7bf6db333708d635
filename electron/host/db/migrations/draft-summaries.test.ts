import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDrafts } from '../../onboarding/drafts/index.ts';
import { sampleDraft, sampleMachine } from '../../onboarding/trial/sample-draft.ts';
import { openSqlite } from '../open.ts';
import { type TemporaryData, temporaryData } from '../temporary-data.ts';
import { migrations } from './index.ts';

let data: TemporaryData;
beforeEach(() => {
  data = temporaryData();
});
afterEach(() => data.remove());

it('lists drafts of the version before as that one did, and has them whole', () => {
  const named = sampleMachine({ name: 'dns "1"' });
  const told = sampleMachine({ name: null });
  const typed = { ...sampleMachine({ name: null }, { target: { host: 'pi-9' } }), facts: null };
  const { id, createdAt, changedAt, ...body } = sampleDraft([named, told, typed]);
  const before = migrations.findIndex(({ name }) => name === 'draft summaries');
  const sqlite = openSqlite(data.directory, migrations.slice(0, before));
  const insert = sqlite.prepare(
    'INSERT INTO onboarding_draft (id, version, created_at, changed_at, body) VALUES (?, 1, ?, ?, ?)',
  );
  insert.run(id, createdAt, changedAt, JSON.stringify(body));
  insert.run('empty', createdAt, 0, JSON.stringify({ ...body, machines: [] }));
  sqlite.close();
  const drafts = createDrafts(data.open().onboardingDrafts);
  const listed = { id, createdAt, changedAt, step: 'place', who: 'ada', jobId: null };
  expect(drafts.list()).toEqual([
    { ...listed, machines: ['dns "1"', told.facts?.hostname, 'pi-9'] },
    { ...listed, id: 'empty', changedAt: 0, machines: [] },
  ]);
  expect(drafts.get(id)).toEqual({ id, createdAt, changedAt, ...body });
});
