/**
 * `npm test`: sets up, runs every test, lists by name and reason what this machine could not run.
 * RACKHELM_REQUIRE_ALL=1 turns such a skip into a failure, the Electron binary's aside.
 * `npm test -- unit`, `integration`, `rack` or `e2e` runs one part, with further words as file filters.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { node, projectEnvironment, root, say, setUp } from './setup.mjs';

const parts = ['unit', 'integration', 'rack', 'e2e'];
const [first, ...rest] = process.argv.slice(2);
const chosen = first === undefined ? parts : parts.filter((part) => part === first);
if (chosen.length === 0) {
  say(`There is no part "${first}"; the parts are ${parts.join(', ')}.`);
  process.exit(2);
}

setUp();

const reports = path.join(root, 'test-results');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const totals = { passed: 0, failed: 0, skipped: [], failures: [] };

/** Runs a tool of node_modules. What it prints comes at once, or as a whole at its end. */
function run(script, args, { environment = {}, atOnce = true } = {}) {
  const child = spawn(node, [path.join(root, 'node_modules', script), ...args], {
    cwd: root,
    env: { ...projectEnvironment(), ...environment },
    stdio: ['ignore', atOnce ? 'inherit' : 'pipe', atOnce ? 'inherit' : 'pipe'],
  });
  const printed = [];
  child.stdout?.on('data', (chunk) => printed.push(chunk));
  child.stderr?.on('data', (chunk) => printed.push(chunk));
  return new Promise((resolve) => {
    child.on('close', (code) => {
      process.stdout.write(Buffer.concat(printed));
      resolve(code ?? 1);
    });
  });
}

/** A runner that ended badly without telling of a failed test has failed all the same. */
function account(part, status, counted) {
  totals.passed += counted.passed;
  totals.failed += counted.failed;
  totals.skipped.push(...counted.skipped);
  totals.failures.push(...counted.failures.map((each) => `${part}: ${each}`));
  if (status !== 0 && counted.failed === 0) {
    say(`The ${part} tests ended with exit code ${status} though no test failed.`);
    totals.failed += 1;
  }
}

/** What a failure says first; the whole of it stands above, where its test ran. */
function beginning(message) {
  const lines = message.split('\n').filter((line) => line.trim() !== '');
  return lines
    .slice(0, 12)
    .map((line) => `    ${line.slice(0, 300)}`)
    .join('\n');
}

async function vitest(project, atOnce) {
  const file = path.join(reports, `${project}.json`);
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json'];
  const output = `--outputFile.json=${file}`;
  const status = await run('vitest/vitest.mjs', [...args, output, ...rest], { atOnce });
  const counted = { passed: 0, failed: 0, skipped: [], failures: [] };
  const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { testResults: [] };
  for (const { assertionResults } of report.testResults) {
    for (const { status: outcome, fullName, failureMessages } of assertionResults) {
      if (outcome === 'passed') counted.passed += 1;
      else if (outcome === 'failed') {
        counted.failed += 1;
        counted.failures.push(`${fullName.trim()}\n${beginning(failureMessages.join('\n'))}`);
      } else counted.skipped.push(fullName.trim());
    }
  }
  account(project, status, counted);
}

async function playwright() {
  const file = path.join(reports, 'e2e.json');
  const status = await run(
    'playwright/cli.js',
    ['test', '--config', 'test/e2e/playwright.config.ts', '--reporter=list,json', ...rest],
    { environment: { PLAYWRIGHT_JSON_OUTPUT_NAME: file } },
  );
  const counted = { passed: 0, failed: 0, skipped: [], failures: [] };
  const visit = (suite) => {
    for (const inner of suite.suites ?? []) visit(inner);
    for (const { title, tests } of suite.specs ?? []) {
      for (const test of tests) {
        if (test.status === 'skipped') {
          const reason = test.annotations.find(({ type }) => type === 'skip')?.description;
          counted.skipped.push(reason ? `${title} (not run: ${reason})` : title);
        } else if (test.status === 'unexpected') {
          counted.failed += 1;
          const told = test.results.map(({ error }) => error?.message ?? '').join('\n');
          counted.failures.push(`${title}\n${beginning(told)}`);
        } else counted.passed += 1;
      }
    }
  };
  if (existsSync(file)) visit(JSON.parse(readFileSync(file, 'utf8')));
  account('end-to-end', status, counted);
}

const wants = (part) => chosen.includes(part);
if (wants('unit')) await vitest('unit', true);
// Both mostly wait for machines that do not answer, so they wait together.
await Promise.all([
  wants('integration') && vitest('integration', chosen.length === 1),
  wants('rack') && vitest('rack', true),
]);
if (wants('e2e')) await playwright();

const { passed, failed, skipped, failures: told } = totals;
if (skipped.length > 0) {
  process.stdout.write(
    `\nNot run on this machine:\n${skipped.map((name) => `  ${name}\n`).join('')}`,
  );
}
// Last, since of a long run often only the end is at hand.
if (told.length > 0) process.stdout.write(`\nFailed:\n${told.map((one) => `  ${one}\n`).join('')}`);
const forbidden = process.env.RACKHELM_REQUIRE_ALL
  ? skipped.filter((name) => !/Electron binary/.test(name))
  : [];
if (forbidden.length > 0) {
  process.stdout.write(
    `\nRACKHELM_REQUIRE_ALL is set, so ${forbidden.length} of these count as failed.\n`,
  );
}
const failures = failed + forbidden.length;
process.stdout.write(
  `\n${passed} passed, ${failures} failed, ${skipped.length - forbidden.length} skipped\n`,
);
process.exit(failures === 0 && passed > 0 ? 0 : 1);
