import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { formatTable } from '../../electron/host/cli/terminal/text-table.ts';
import { run as cablesAndPower } from './cables-and-power.bench.ts';
import { run as checks } from './checks.bench.ts';
import { run as cluster } from './cluster.bench.ts';
import { run as drain } from './drain.bench.ts';
import { run as edits } from './edits.bench.ts';
import { run as exchange } from './exchange.bench.ts';
import { run as facts } from './facts.bench.ts';
import { run as factsOfRack } from './facts-of-rack.bench.ts';
import { run as inventory } from './inventory.bench.ts';
import { run as jobs } from './jobs.bench.ts';
import { run as networks } from './networks.bench.ts';
import type { BenchResult } from './result.ts';
import { run as startup } from './startup.bench.ts';
import { run as transport } from './transport.bench.ts';
import { run as wholeRack } from './whole-rack.bench.ts';

/** `npm run bench [-- --json] [--out FILE] [--only NAME]` */
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    out: { type: 'string' },
    only: { type: 'string' },
  },
});

const suites: Readonly<Record<string, () => Promise<BenchResult[]>>> = {
  inventory,
  edits,
  networks,
  facts,
  'facts-of-rack': factsOfRack,
  checks,
  jobs,
  startup,
  exchange,
  transport,
  'whole-rack': wholeRack,
  'cables-and-power': cablesAndPower,
  cluster,
  drain,
};
const results: BenchResult[] = [];
for (const [name, run] of Object.entries(suites)) {
  if (values.only !== undefined && values.only !== name) continue;
  process.stderr.write(`Measuring ${name} …\n`);
  results.push(...(await run()));
}

function milliseconds(value: number): string {
  return value < 10 ? value.toFixed(2) : value.toFixed(0);
}

const header = ['WHAT', 'MEDIAN ms', 'P95 ms', 'BESIDE', 'MEDIAN ms', 'RATIO', 'TARGET', ''];
const rows = results.map((result) => [
  result.name,
  milliseconds(result.medianMs),
  milliseconds(result.p95Ms),
  result.baselineName,
  milliseconds(result.baselineMedianMs),
  result.ratio.toFixed(2),
  result.target,
  result.pass ? 'holds' : 'MISSED',
]);
const json = JSON.stringify(results, null, 2);
process.stdout.write(values.json ? `${json}\n` : formatTable([header, ...rows]));
if (values.out !== undefined) writeFileSync(values.out, `${json}\n`);
process.exit(results.every(({ pass }) => pass) ? 0 : 1);
