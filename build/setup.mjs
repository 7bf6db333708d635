/**
 * Makes a checkout ready: dependencies from the lock file, the Node that they want, the bundles.
 * Runs on the machine's own Node (20 or newer) with nothing installed, so it is plain JavaScript
 * without imports from node_modules. Everything it says goes to stderr. Nothing changed since the
 * last time costs a few dozen milliseconds.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const bin = path.join(root, 'node_modules', '.bin');
const stateDirectory = path.join(root, '.rackhelm');
const windows = process.platform === 'win32';

/** The Node that runs Rackhelm itself, from the lock file. */
export const node = path.join(bin, windows ? 'node.cmd' : 'node');

/** The environment for children: the project's own tools come first on the PATH. */
export function projectEnvironment() {
  return { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}` };
}

export function say(line) {
  process.stderr.write(`${line}\n`);
}

function readStamp(name) {
  try {
    return readFileSync(path.join(stateDirectory, name), 'utf8');
  } catch {
    return ''; // never set up: the same as out of date
  }
}

function writeStamp(name, text) {
  mkdirSync(stateDirectory, { recursive: true });
  writeFileSync(path.join(stateDirectory, name), text);
}

function run(command, args, what) {
  const result = spawnSync(command, args, {
    cwd: root,
    // `npm --silent` around us would make an npm inside silent too, also about why it failed.
    env: { ...projectEnvironment(), npm_config_loglevel: 'warn' },
    // What tools print is news about the set-up, not output of the command that was asked for.
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: windows,
    maxBuffer: 64 * 1024 * 1024,
  });
  if (result.status === 0) return;
  process.stderr.write(result.stdout ?? '');
  process.stderr.write(result.stderr ?? '');
  say(
    `${what} failed${result.error ? `: ${result.error.message}` : ` with exit code ${result.status}`}.`,
  );
  process.exit(1);
}

function ensureDependencies() {
  const lock = readFileSync(path.join(root, 'package-lock.json'));
  const wanted = createHash('sha256')
    .update(lock)
    .update(process.platform + process.arch)
    .digest('hex');
  if (existsSync(node) && readStamp('dependencies') === wanted) return;
  refuseLinked();
  say('Installing dependencies from the lock file …');
  run(windows ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund'], 'npm ci');
  writeStamp('dependencies', wanted);
}

/** `npm ci` empties the folder that a link leads to, which another checkout may be using. */
function refuseLinked() {
  const modules = path.join(root, 'node_modules');
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return;
  say(`${modules} is a link, and installing would empty the folder that it leads to.`);
  say('Delete the link and run this again, or bring the folder that it leads to up to date.');
  process.exit(1);
}

const bundled = ['electron', 'renderer', 'shared', 'electron.vite.config.ts', 'package-lock.json'];

/** Names, sizes and times of everything that goes into the bundles. */
function sourcesFingerprint() {
  const hash = createHash('sha256');
  const visit = (file) => {
    const stat = statSync(file);
    if (stat.isDirectory()) {
      for (const name of readdirSync(file).sort()) visit(path.join(file, name));
    } else if (!/\.test\.tsx?$/.test(file)) {
      hash.update(`${path.relative(root, file)}\0${stat.size}\0${stat.mtimeMs}\n`);
    }
  };
  for (const name of bundled) visit(path.join(root, name));
  return hash.digest('hex');
}

function ensureBundles() {
  const wanted = sourcesFingerprint();
  if (existsSync(path.join(root, 'out', 'main', 'serve.js')) && readStamp('bundles') === wanted)
    return;
  say('Building the app …');
  run(
    node,
    [path.join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build'],
    'The build',
  );
  writeStamp('bundles', wanted);
}

/** Two set-ups at once would tread on each other: the second waits for the first. */
function withLock(work) {
  const lock = path.join(stateDirectory, 'lock');
  try {
    mkdirSync(stateDirectory, { recursive: true });
  } catch (error) {
    cannotWrite(error);
  }
  const giveUpAt = Date.now() + 15 * 60_000;
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') cannotWrite(error);
    }
    if (!holderLives(lock)) rmSync(lock, { force: true });
    else if (Date.now() > giveUpAt) {
      say(`Another set-up holds ${lock} for too long; end it, or delete that file.`);
      process.exit(1);
    } else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
  try {
    work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function cannotWrite(error) {
  say(`This checkout cannot be set up: ${stateDirectory} cannot be written (${error.code}).`);
  say('Run this as the owner of the checkout, or install the packed rackhelm (see README).');
  process.exit(1);
}

function holderLives(lock) {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    if (pid === 0) return true; // being written this moment
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

export function setUp({ bundles = true } = {}) {
  withLock(() => {
    ensureDependencies();
    if (bundles) ensureBundles();
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setUp();
