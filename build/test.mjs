/**
 * `npm test`: sets up, runs every test, lists by name and reason what this machine could not run.
 * RACKHELM_REQUIRE_ALL=1 turns such a skip into a failure, the Electron binary's, Go's and K3s's aside.
 * `npm test -- unit`, `integration`, `rack`, `cluster` or `e2e` runs one part, with further words as file filters.
 * `npm run test:slow` kills the host at every point of every step of every job, and breaks a node by every
 * fault in every phase, of which the rest tries a few, and lets K3s refuse in all ways that are known; further
 * words are file filters.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { node, projectEnvironment, root, say, setUp } from './setup.mjs';

const parts = ['unit', 'integration', 'rack', 'cluster', 'e2e'];
const words = process.argv.slice(2);
const slow = words[0] === 'slow';
if (slow) process.env.RACKHELM_SLOW = '1';
const slowFiles = words.length > 1 ? words.slice(1) : ['killed', 'faults-in-phases', 'k3s'];
const [first, ...rest] = slow ? ['slow', ...slowFiles] : words;
const some = slow ? ['integration', 'rack', 'cluster'] : parts.filter((part) => part === first);
const chosen = first === undefined ? parts : some;
if (chosen.length === 0) {
  say(`There is no part "${first}"; the parts are ${parts.join(', ')}.`);
  process.exit(2);
}

setUp();
process.env.RACKHELM_BUNDLED = '1';

const reports = path.join(root, 'test-results');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const totals = { passed: 0, failed: 0, skipped: [], failures: [], second: [] };

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

/** Only where nothing may be skipped: it takes a quarter of an hour once, unless it runs already. */
function buildCluster() {
  if (!process.env.RACKHELM_REQUIRE_ALL) return undefined;
  const words = [path.join(root, 'test/cluster/main.ts'), 'build'];
  const child = spawn(node, words, { cwd: root, env: projectEnvironment(), stdio: 'inherit' });
  // What it could not build, the tests name as the reason why they did not run.
  return new Promise((resolve) => child.on('close', resolve));
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

/** Runs a project, or of it the files that are named, and says how each of its tests ended. */
async function vitest(project, { atOnce, filters = rest, report = project }) {
  const file = path.join(reports, `${report}.json`);
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json'];
  // What is slow lies in some parts or others.
  if (slow) args.push('--passWithNoTests');
  const output = `--outputFile.json=${file}`;
  const status = await run('vitest/vitest.mjs', [...args, output, ...filters], { atOnce });
  const result = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { testResults: [] };
  const files = result.testResults.map(({ name, status: whole, assertionResults }) => ({
    name: path.relative(root, name),
    whole,
    tests: assertionResults.map(({ status: outcome, fullName, failureMessages }) => ({
      outcome,
      name: fullName.trim(),
      told: `${fullName.trim()}\n${beginning(failureMessages.join('\n'))}`,
    })),
  }));
  return { status, files };
}

function counted(files) {
  const tests = files.flatMap((file) => file.tests);
  const of = (outcome) => tests.filter((test) => test.outcome === outcome);
  return {
    passed: of('passed').length,
    failed: of('failed').length,
    failures: of('failed').map(({ told }) => told),
    skipped: tests
      .filter(({ outcome }) => outcome !== 'passed' && outcome !== 'failed')
      .map(({ name }) => name),
  };
}

const seldomMany = 3;

/** Files to try again: those that failed, or else those whose worker ended in the middle of them. */
function unwell({ status, files }) {
  const failed = files.filter(({ whole }) => whole === 'failed');
  if (failed.length > 0 || status === 0) return failed;
  return files.filter(({ tests }) => tests.some(({ outcome }) => outcome !== 'passed'));
}

/**
 * All share one busy machine. Where a few fail, their files are run once more, alone: what fails again has
 * failed, what does not is told of at the end by its name.
 */
async function vitestTwice(project, atOnce) {
  const first = await vitest(project, { atOnce });
  const again = unwell(first);
  const { failed, failures } = counted(first.files);
  if (again.length === 0 || again.length > seldomMany || failed > seldomMany) {
    account(project, first.status, counted(first.files));
    return undefined;
  }
  return async () => {
    const filters = again.map(({ name }) => name);
    const second = await vitest(project, { atOnce: true, filters, report: `${project}-again` });
    const newer = new Map(second.files.map((file) => [file.name, file]));
    const files = first.files.map((file) => newer.get(file.name) ?? file);
    const names = failed > 0 ? failures : filters.map((name) => `${name} ended in the middle`);
    if (second.status === 0) totals.second.push(...names.map((each) => `${project}: ${each}`));
    account(project, second.status, counted(files));
  };
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
        } else if (test.status === 'flaky') {
          counted.passed += 1;
          totals.second.push(`end-to-end: ${title}`);
        } else counted.passed += 1;
      }
    }
  };
  if (existsSync(file)) visit(JSON.parse(readFileSync(file, 'utf8')));
  account('end-to-end', status, counted);
}

const wants = (part) => chosen.includes(part);
if (wants('unit')) {
  const tryAgain = await vitestTwice('unit', true);
  if (tryAgain) await tryAgain();
}
// Both mostly wait for machines that do not answer, so they wait together.
const secondTries = await Promise.all([
  wants('integration') && vitestTwice('integration', chosen.length === 1),
  wants('rack') && vitestTwice('rack', true),
]);
for (const tryAgain of secondTries) if (tryAgain) await tryAgain();
if (wants('cluster')) {
  await buildCluster();
  const tryAgain = await vitestTwice('cluster', true);
  if (tryAgain) await tryAgain();
}
if (wants('e2e')) await playwright();

const { passed, failed, skipped, failures: told } = totals;
if (skipped.length > 0) {
  process.stdout.write(
    `\nNot run on this machine:\n${skipped.map((name) => `  ${name}\n`).join('')}`,
  );
}
if (totals.second.length > 0) {
  process.stdout.write(
    `\nOnly at the second try:\n${totals.second.map((one) => `  ${one}\n`).join('')}`,
  );
}
// Last, since of a long run often only the end is at hand.
if (told.length > 0) process.stdout.write(`\nFailed:\n${told.map((one) => `  ${one}\n`).join('')}`);
const forbidden = process.env.RACKHELM_REQUIRE_ALL
  ? skipped.filter(
      (name) =>
        !/Electron binary|Go \d+\.\d+ or newer is missing|build --(older|metrics)|RACKHELM_K3S names no/.test(
          name,
        ),
    )
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
