import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type KubeClient, KubeError } from '../../../connections/kubernetes/index.ts';
import { createAgentTokens } from './agent-tokens.ts';

const signal = new AbortController().signal;
const contextId = 'one';
let folder = '';
let made: { readonly stringData: Record<string, string> }[] = [];
let failure: Error | null = null;

const client: Partial<KubeClient> = {
  create: async (_, object) => {
    if (failure !== null) throw failure;
    made.push(object as (typeof made)[number]); // as it is made there
    return object as never; // nobody looks
  },
  delete: async () => {
    throw new KubeError('KUBE_NOT_FOUND', 'There is none.', { status: 404 });
  },
};
const tokens = createAgentTokens({
  clientOf: () => client as KubeClient, // the part that is asked
  authorityOf: async () => Buffer.from('authority'),
});
const create = (file: string) =>
  tokens.create({ contextId, description: 'for a Pi', lifeMs: 3_600_000, file }, signal);

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rackhelm-tokens-'));
  made = [];
  failure = null;
});
afterEach(() => rmSync(folder, { recursive: true }));

it('writes a whole token into a file for its user alone, and tells nothing but its id', async () => {
  const file = path.join(folder, 'token');
  const told = await create(file);
  const {
    'token-id': id = '',
    'token-secret': secret = '',
    expiration = '',
  } = made[0]?.stringData ?? {};
  expect(told).toEqual({ id, file });
  const hash = createHash('sha256').update('authority').digest('hex');
  expect(readFileSync(file, 'utf8')).toBe(`K10${hash}::${id}.${secret}\n`);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(Math.abs(Date.parse(expiration) - Date.now() - 3_600_000)).toBeLessThan(60_000);
});

it('makes none where the file is there or cannot be written, and leaves no file where the cluster refuses', async () => {
  const file = path.join(folder, 'token');
  await create(file);
  await expect(create(file)).rejects.toMatchObject({ code: 'LOCAL_FILE_EXISTS' });
  await expect(create(path.join(folder, 'no', 'x'))).rejects.toMatchObject({
    code: 'LOCAL_FILE_FAILED',
  });
  await expect(create('token')).rejects.toMatchObject({ code: 'LOCAL_FILE_FAILED' });
  expect(made).toHaveLength(1);
  failure = new KubeError('KUBE_FORBIDDEN', 'no', { status: 403 });
  await expect(create(path.join(folder, 'other'))).rejects.toBe(failure);
  expect(readdirSync(folder)).toEqual(['token']);
});

it('says that there was none to delete', async () => {
  expect(await tokens.delete({ contextId, id: 'abcdef' }, signal)).toEqual({ deleted: false });
});
