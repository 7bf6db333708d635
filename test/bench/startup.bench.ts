import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright';
import { createLargeInventory } from './large-inventory.ts';
import type { BenchResult } from './result.ts';

const root = path.resolve(import.meta.dirname, '../..');
const rounds = 7;
const chromiumPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((file) =>
  existsSync(file),
);

interface Started {
  readonly readyMs: number;
  readonly address: string;
  stop(): Promise<void>;
}

function start(dataDirectory: string): Promise<Started> {
  const begin = performance.now();
  const child = spawn(
    process.execPath,
    [path.join(root, 'out/main/serve.js'), '--no-open', '--data', dataDirectory],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += String(chunk);
      const address = /ready at (\S+)\n/.exec(output)?.[1];
      if (address === undefined) return;
      const stop = () => {
        child.kill('SIGTERM');
        return ended;
      };
      resolve({ readyMs: performance.now() - begin, address, stop });
    });
    child.once('exit', (code) => reject(new Error(`The app ended with ${code}.`)));
  });
}

/** The honest floor: the same Node starting and answering nothing. */
function bareNode(): Promise<number> {
  const begin = performance.now();
  return new Promise((resolve) => {
    spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }).once('exit', () =>
      resolve(performance.now() - begin),
    );
  });
}

/** A page that is opened at the devices, in a browser that runs and is signed in. */
async function firstTable(address: string): Promise<number> {
  const browser = await chromium.launch({
    ...(chromiumPath === undefined ? {} : { executablePath: chromiumPath }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    const context = await browser.newContext();
    const first = await context.newPage();
    await first.goto(address);
    await first.getByRole('link', { name: /^Devices/ }).waitFor();
    await first.close();
    const page = await context.newPage();
    const begin = performance.now();
    await page.goto(`${address.split('#')[0]}#/devices`);
    await page.getByRole('row').nth(5).waitFor();
    return performance.now() - begin;
  } finally {
    await browser.close();
  }
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function result(
  name: string,
  own: readonly number[],
  baseline: { readonly name: string; readonly values: readonly number[] },
  limitMs: number,
): BenchResult {
  const medianMs = percentile(own, 0.5);
  const baselineMedianMs = percentile(baseline.values, 0.5);
  return {
    name,
    medianMs,
    p95Ms: percentile(own, 0.95),
    baselineName: baseline.name,
    baselineMedianMs,
    ratio: medianMs / baselineMedianMs,
    target: `median < ${limitMs} ms`,
    pass: medianMs < limitMs,
  };
}

/** Process start to ready, and from the address to rows that can be used, at 10,000 devices. */
export async function run(): Promise<BenchResult[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'rackhelm-bench-'));
  try {
    createLargeInventory(folder, { devices: 10_000, interfacesPerDevice: 4 });
    const ready: number[] = [];
    const table: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      bare.push(await bareNode());
      const app = await start(folder);
      ready.push(app.readyMs);
      if (chromiumPath !== undefined) table.push(await firstTable(app.address));
      await app.stop();
    }
    const baseline = { name: 'node -e 0', values: bare };
    return [
      result('start to ready, 10,000 devices', ready, baseline, 1000),
      ...(table.length > 0
        ? [
            result(
              'open page to first table, 10,000 devices',
              table,
              { name: 'start to ready', values: ready },
              1000,
            ),
          ]
        : []),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
