import { createHash, randomBytes } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DownloadEvent } from '../../../../../shared/cluster/pods/pod-file.ts';
import { type Container, execOn } from '../trial/fake-exec.ts';
import { download } from './download.ts';
import { listFolder } from './list-folder.ts';

let root: string;
let here: string;
let leave: AbortController;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'rackhelm-container-'));
  here = mkdtempSync(path.join(tmpdir(), 'rackhelm-here-'));
  leave = new AbortController();
});
afterEach(() => {
  leave.abort();
  for (const folder of [root, here]) rmSync(folder, { recursive: true, force: true });
});

const toolsOf = (container: Partial<Container> = {}) => ({
  client: { exec: execOn({ root, ...container }) },
  place: { namespace: 'web', pod: 'web-1', container: 'app' },
  signal: leave.signal,
});

async function fetched(
  file: string,
  {
    to = here,
    replace = false,
    ...container
  }: Partial<Container> & { to?: string; replace?: boolean } = {},
) {
  const events: DownloadEvent[] = [];
  for await (const event of download(toolsOf(container), { path: file, to, replace })) {
    events.push(event);
  }
  return events;
}

it('lists a folder: folders first, links as such, names as they are', async () => {
  mkdirSync(path.join(root, 'var'));
  writeFileSync(path.join(root, 'b "c" $d'), 'four');
  writeFileSync(path.join(root, '.hidden'), '');
  symlinkSync('/etc', path.join(root, 'link'));
  const { files, more } = await listFolder(toolsOf(), '/');
  expect(files.map(({ name, type }) => [name, type])).toEqual([
    ['var', 'folder'],
    ['.hidden', 'file'],
    ['b "c" $d', 'file'],
    ['link', 'link'],
  ]);
  expect(files.find(({ name }) => name.startsWith('b'))?.size).toBe(4);
  expect(more).toBe(false);
});

it('says why a folder is not listed', async () => {
  writeFileSync(path.join(root, 'file'), '');
  await expect(listFolder(toolsOf(), '/none')).rejects.toThrow('no such folder');
  await expect(listFolder(toolsOf(), '/file')).rejects.toThrow('no folder');
  await expect(listFolder(toolsOf({ lacks: ['stat'] }), '/')).rejects.toMatchObject({
    code: 'POD_TOOL_MISSING',
  });
  await expect(listFolder(toolsOf({ lacks: ['sh'] }), '/')).rejects.toMatchObject({
    code: 'POD_NO_SHELL',
    message: 'The container app has no shell.',
  });
});

it('brings a file over whole, and compares it', async () => {
  const content = randomBytes(300_000);
  writeFileSync(path.join(root, 'data.bin'), content);
  const last = (await fetched('/data.bin')).at(-1);
  const sha256 = createHash('sha256').update(content).digest('hex');
  const there = path.join(here, 'data.bin');
  expect(last).toEqual({ type: 'done', path: there, size: 300_000, sha256, compared: true });
  expect(readFileSync(there).equals(content)).toBe(true);
  expect(readdirSync(here)).toEqual(['data.bin']);
});

it('asks again for an end that was lost on its way', async () => {
  const content = randomBytes(200_000);
  writeFileSync(path.join(root, 'data.bin'), content);
  await fetched('/data.bin', { lost: 70_001 });
  expect(readFileSync(path.join(here, 'data.bin')).equals(content)).toBe(true);
});

it('keeps nothing of what came otherwise than it lies there', async () => {
  const file = path.join(root, 'data.bin');
  writeFileSync(file, 'x'.repeat(100_000));
  const run = async () => {
    for await (const event of download(toolsOf(), {
      path: '/data.bin',
      to: here,
      replace: false,
    })) {
      if (event.type === 'comparing') writeFileSync(file, 'y'.repeat(100_000));
    }
  };
  await expect(run()).rejects.toMatchObject({ code: 'POD_FILE_DIFFERS' });
  expect(readdirSync(here)).toEqual([]);
});

it('takes the place of no other file unasked', async () => {
  writeFileSync(path.join(root, 'a'), 'new');
  writeFileSync(path.join(here, 'a'), 'old');
  await expect(fetched('/a')).rejects.toMatchObject({ code: 'LOCAL_FILE_EXISTS' });
  expect(readFileSync(path.join(here, 'a'), 'utf8')).toBe('old');
  await fetched('/a', { replace: true });
  expect(readFileSync(path.join(here, 'a'), 'utf8')).toBe('new');
  // Another came while this one was read.
  const late = download(toolsOf(), { path: '/a', to: path.join(here, 'b'), replace: false });
  await late.next();
  writeFileSync(path.join(here, 'b'), 'other');
  await expect(Array.fromAsync(late)).rejects.toMatchObject({ code: 'LOCAL_FILE_EXISTS' });
  expect(readFileSync(path.join(here, 'b'), 'utf8')).toBe('other');
  expect(readdirSync(here).sort()).toEqual(['a', 'b']);
});

it('leaves nothing when it is cancelled', async () => {
  writeFileSync(path.join(root, 'a'), 'x'.repeat(1_000));
  const reading = download(toolsOf(), { path: '/a', to: here, replace: false });
  await reading.next();
  expect(readdirSync(here)).toHaveLength(1);
  await reading.return();
  expect(readdirSync(here)).toEqual([]);
});

it('says that a hash could not be compared, and what else is in the way', async () => {
  writeFileSync(path.join(root, 'a'), 'x');
  const lacks = ['sha256sum', 'busybox', 'shasum', 'openssl'];
  expect((await fetched('/a', { lacks })).at(-1)).toMatchObject({ type: 'done', compared: false });
  writeFileSync(path.join(root, 'empty'), '');
  expect((await fetched('/empty')).at(-1)).toMatchObject({ size: 0, compared: true });
  await expect(fetched('/none')).rejects.toThrow('no such file');
  await expect(fetched('/')).rejects.toThrow('no regular file');
  await expect(fetched('/a', { to: '/no/such/folder/a' })).rejects.toMatchObject({
    code: 'LOCAL_FILE_FAILED',
    message: expect.stringContaining('no such folder'),
  });
  await expect(fetched('/a', { to: 'relative' })).rejects.toThrow('from the root on');
});

it('gives a file no name that leads elsewhere on this computer', async () => {
  writeFileSync(path.join(root, '..\\..\u202ex'), 'x');
  const done = (await fetched('/..\\..\u202ex')).at(-1);
  expect(done).toMatchObject({ path: path.join(here, '__.._x') });
});
