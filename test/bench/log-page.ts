import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type Page } from 'playwright';
import { linesEachSecond, seconds } from './engine.ts';
import { type BenchResult, compared, timingOf } from './result.ts';

const chromiumPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((file) =>
  existsSync(file),
);

/** Milliseconds from frame to frame of a page that shows the log of a job, at so many lines a second. */
async function framesOf(browserPath: string, directory: string, rate: number): Promise<number[]> {
  const host = spawn(
    process.execPath,
    [join(import.meta.dirname, 'log-page-host.ts'), directory, String(rate)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    const [line] = (await once(createInterface(host.stdout), 'line')) as [string]; // readline's own event
    const { address, id } = JSON.parse(line) as { address: string; id: string }; // as that file writes it
    const browser = await chromium.launch({
      executablePath: browserPath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
    try {
      const page = await browser.newPage({ viewport: { width: 1_440, height: 900 } });
      await page.goto(address);
      await page.evaluate((job) => {
        location.hash = `#/jobs/${job}/log`;
      }, id);
      await page.getByRole('region', { name: 'Log of the whole job' }).waitFor();
      const first = page.getByLabel('Log of Make it').getByRole('listitem').first();
      if (rate > 0) await first.waitFor();
      await page.waitForTimeout(1_500);
      const times = await measured(page);
      await page.goto('about:blank');
      return times;
    } finally {
      await browser.close();
    }
  } finally {
    host.kill('SIGTERM');
    await once(host, 'exit');
  }
}

async function measured(page: Page): Promise<number[]> {
  return await page.evaluate(
    (length) =>
      new Promise<number[]>((resolve) => {
        const frames: number[] = [];
        let before = performance.now();
        const end = before + length;
        const next = (now: number) => {
          frames.push(now - before);
          before = now;
          if (now < end) requestAnimationFrame(next);
          else resolve(frames);
        };
        requestAnimationFrame(next);
      }),
    seconds * 2_000,
  );
}

/** What a person sees while machines talk: the frames of the page. */
export async function frames(directory: string): Promise<BenchResult[]> {
  if (chromiumPath === undefined) {
    process.stderr.write('Chromium is not installed: the lines of frames are left out.\n');
    return [];
  }
  const own = await framesOf(chromiumPath, join(directory, 'talks'), linesEachSecond);
  const idle = await framesOf(chromiumPath, join(directory, 'silent'), 0);
  const line = (share: number, word: string) =>
    compared(
      `jobs: frame of the log page ${word}, ${linesEachSecond} lines a second`,
      { subject: timingOf([shareOf(own, share)]), baseline: timingOf([shareOf(idle, share)]) },
      {
        target: '≤ 34 ms',
        baselineName: 'the page of a silent job',
        pass: ({ medianMs }) => medianMs <= 34,
      },
    );
  return [line(0.5, 'p50'), line(0.95, 'p95'), line(0.99, 'p99')];
}

function shareOf(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
}
