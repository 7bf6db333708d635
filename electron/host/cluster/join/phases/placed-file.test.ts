import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  contextOf,
  runsThrough,
  standsEveryBreak,
} from '../../../engine/phases/trial/break-off.ts';
import { TrialNode } from '../../../engine/phases/trial/trial-node.ts';
import { k3sBinaryPhase as phase } from './binary.ts';
import { k3sImagesPhase } from './images.ts';

const hash = (text: string | Buffer) => createHash('sha256').update(text).digest('hex');
const binary = '/usr/local/bin/k3s';

/** Larger than one chunk and no text. */
const content = Buffer.from(Array.from({ length: 900_000 }, (_, index) => (index * 7) % 251));
let folder = '';
let here = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rackhelm-placed-'));
  here = path.join(folder, 'k3s');
  await writeFile(here, content);
});
afterAll(() => rm(folder, { recursive: true }));

const bytesAt = ({ machine }: TrialNode, file: string) =>
  machine.files.read(file)?.content ?? Buffer.alloc(0);

/** A machine with the tools that the phase uses; what it fetches is `fetched`. */
function node(fetched: Buffer, files: Record<string, string> = {}) {
  return new TrialNode({
    files,
    programs: [
      [
        /^if \[ -f '(.*?)' \]; then sha256sum <.*cut -c 1-64; fi$/,
        ([, file = ''], it) => (it.has(file) ? `${hash(bytesAt(it, file))}\n` : ''),
      ],
      [/^\[ -e '(.*)' \]$/, ([, file = ''], it) => (it.has(file) ? '' : { out: '', exit: 1 })],
      [/^mkdir -p '.*' && : >>'(.*)'$/, ([, file = ''], it) => (it.has(file) ? '' : it.make(file))],
      [
        /^if command -v curl .* -o '(.*?)' /,
        ([, to = ''], { machine }) => {
          machine.files.put(to, { content: fetched });
          return '';
        },
      ],
      [
        /^echo '(\w{64}) {2}(.*)' \| sha256sum -c -$/,
        ([, sum, file = ''], it) =>
          hash(bytesAt(it, file)) === sum ? 'OK\n' : { out: 'FAILED\n', exit: 1 },
      ],
      [
        /^chmod (\d+) '(.*?)' && .* ln -f '(.*?)' '(.*?)'; \} && sync && mv/,
        ([, mode = '', from = '', to = '', kept = ''], it) => {
          if (it.has(to)) it.machine.files.put(kept, { content: bytesAt(it, to) });
          it.machine.files.put(to, { content: bytesAt(it, from), mode: Number.parseInt(mode, 8) });
          return it.drop([from]);
        },
      ],
      [
        /^mv -f '(.*)' '(.*)' && sync$/,
        ([, from = '', to = ''], it) => {
          it.machine.files.put(to, { content: bytesAt(it, from) });
          return it.drop([from]);
        },
      ],
      [/^rm -f '(.*)'$/, ([, file = ''], it) => it.drop([file])],
      [/^if \[ -f '(.*?)' \]; then wc/, ([, file = ''], it) => `${bytesAt(it, file).length}\n`],
      [
        /^at=[\s\S]*-eq (\d+) \]; then base64 -d >>'(.*?)' <<[^\n]*\n([\s\S]*)END_OF_CHUNK\nfi/,
        ([, at, to = '', lines = ''], it) => {
          const now = bytesAt(it, to);
          if (now.length === Number(at))
            it.machine.files.put(to, {
              content: Buffer.concat([now, Buffer.from(lines, 'base64')]),
            });
          return `${bytesAt(it, to).length}\n`;
        },
      ],
    ],
  });
}

const url = { from: 'url', url: 'https://mirror.home.arpa/k3s' } as const;
const fetching = { version: 'v1.37.2+k3s1', sha256: hash(content), source: url };
const sending = () => ({ ...fetching, source: { from: 'here' as const, path: here } });

describe('a large file that is laid down', () => {
  it('is fetched by the machine, counts by its hash, and goes again', async () => {
    const { applied } = await runsThrough({ phase, params: fetching, node: () => node(content) });
    expect(JSON.parse(applied)).toMatchObject({ files: [[binary, expect.any(String), 0o755, 0]] });
  });

  it('is sent in chunks where the machine cannot fetch it', async () => {
    const { node: at } = await runsThrough({ phase, params: sending(), node: () => node(content) });
    expect(at.ran.filter((line) => line.startsWith('at=')).length).toBeGreaterThan(1);
  });

  it('brings back what stood there before', async () => {
    await runsThrough({
      phase,
      params: fetching,
      node: () => node(content, { [binary]: 'an older one' }),
    });
  });

  it('stands every break, fetched or sent', { timeout: 30_000 }, async () => {
    const files = { [binary]: 'an older one' };
    expect(
      await standsEveryBreak({ phase, params: fetching, node: () => node(content, files) }),
    ).toBeGreaterThan(10);
    expect(
      await standsEveryBreak({ phase, params: sending(), node: () => node(content) }),
    ).toBeGreaterThan(15);
  });

  it('goes on where a cut connection had left it', async () => {
    const at = node(content);
    at.machine.files.put(`${binary}.rackhelm-new`, { content: content.subarray(0, 800_000) });
    const context = contextOf(at.machine);
    const saved = await phase.save(context, sending());
    await phase.apply(context, sending(), saved);
    expect(at.ran.filter((line) => line.startsWith('at='))).toHaveLength(1);
    expect((await phase.probe(context, sending())).standing).toBe('present');
  });

  it('is not placed where its hash is another one, and leaves nothing', async () => {
    const at = node(Buffer.from('<html>sign in to this network</html>'), { [binary]: 'mine' });
    const context = contextOf(at.machine);
    const before = at.picture();
    const saved = await phase.save(context, fetching);
    await expect(phase.apply(context, fetching, saved)).rejects.toMatchObject({
      code: 'FIX_NOT_POSSIBLE',
      message: expect.stringContaining('hash is another one'),
    });
    expect(at.picture()).toBe(before);
  });

  it('is refused with a plain word where it is not on this computer any more', async () => {
    const gone = { ...fetching, source: { from: 'here' as const, path: `${here}-gone` } };
    const context = contextOf(node(content).machine);
    await expect(phase.apply(context, gone, { before: null })).rejects.toMatchObject({
      message: expect.stringContaining('cannot be read on this computer'),
    });
  });

  it.each([
    { ...fetching, sha256: 'latest' },
    { ...fetching, source: { from: 'url', url: 'http://mirror/k3s' } },
    { ...fetching, source: { from: 'url', url: 'file:///etc/shadow' } },
  ])('is asked for by a hash and over https alone: %j', (params) => {
    expect(phase.params.safeParse(params).success).toBe(false);
  });

  it('of images keeps within their folder', () => {
    const named = (name: string) =>
      k3sImagesPhase.params.safeParse({ name, sha256: hash(''), source: url }).success;
    expect(named('k3s-airgap-images-arm64.tar.zst')).toBe(true);
    for (const name of ['../k3s.tar', 'a/b.tar', '.tar', 'images.sh', "a'.tar"])
      expect(named(name), name).toBe(false);
  });
});
