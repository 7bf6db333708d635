import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ReportBlock } from '../../../../shared/onboarding/report-data.ts';
import { drawReport } from './draw-report.ts';

const font = readFileSync(
  path.join(import.meta.dirname, '../../../../resources/fonts/DejaVuSans.ttf'),
);
const draw = (blocks: readonly ReportBlock[]) =>
  drawReport({ blocks, font, title: 'Report', at: 0 });
const pagesOf = (bytes: Uint8Array) =>
  Buffer.from(bytes)
    .toString('latin1')
    .match(/\/Type \/Page\b/g)?.length;
const page = (name: string, items: number): ReportBlock[] => [
  { kind: 'title', text: name },
  { kind: 'pairs', pairs: [['Role', 'Edge']] },
  {
    kind: 'list',
    items: Array.from({ length: items }, (_, at) => ({
      mark: 'fail' as const,
      text: `Check ${at}: ${'it was not as it should be '.repeat(4)}`,
    })),
  },
];

describe('a report as PDF', () => {
  it('has a page for each machine', async () => {
    const { bytes, notes } = await draw([...page('pi-1', 3), ...page('pi-2', 3)]);
    expect(Buffer.from(bytes.slice(0, 5)).toString()).toBe('%PDF-');
    expect(pagesOf(bytes)).toBe(2);
    expect(notes).toEqual([]);
  });

  it('is set smaller where one page would not hold it', async () => {
    expect(pagesOf((await draw(page('pi-1', 40))).bytes)).toBe(1);
  });

  it('goes on to a second page rather than losing what does not fit at all', async () => {
    expect(pagesOf((await draw(page('pi-1', 200))).bytes)).toBeGreaterThan(1);
  });

  it('writes Greek, Cyrillic and Polish as they are, and tells of what it cannot', async () => {
    const { notes } = await draw([{ kind: 'title', text: 'Ζεύς Молния żółw 節点 \u202e' }]);
    expect(notes).toEqual(['Written as “?”: 節 点.']);
  });

  it('holds its text compressed, and nothing that runs', async () => {
    const { bytes } = await draw(page('pi-1', 1));
    const text = Buffer.from(bytes).toString('latin1');
    expect(text).not.toMatch(/\/(JavaScript|JS|OpenAction|Launch|URI)\b/);
    const stream = /stream\n([\s\S]*?)\nendstream/.exec(text)?.[1] ?? '';
    expect(inflateSync(Buffer.from(stream, 'latin1')).length).toBeGreaterThan(0);
  });
});
