/**
 * `npm start`: sets up what is missing, then opens the Electron window; where its binary or a
 * display cannot be had, says why in one line and opens the browser shell instead.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { node, projectEnvironment, root, say, setUp } from './setup.mjs';

const args = process.argv.slice(2);
const browserOnly = args.some((arg) => /^--(no-open|port|help)(=|$)/.test(arg));
const electronFolder = path.join(root, 'node_modules', 'electron');
const refusal = path.join(root, '.rackhelm', 'electron-unavailable.json');
const day = 24 * 60 * 60_000;

setUp();

function electronBinary() {
  const pathFile = path.join(electronFolder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const file = path.join(electronFolder, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(file) ? file : null;
}

/** Fetches the binary with Electron's own installer. A refusal is remembered for a day. */
function fetchElectron() {
  if (existsSync(refusal)) {
    const { at } = JSON.parse(readFileSync(refusal, 'utf8'));
    if (Date.now() - at < day && !process.env.RACKHELM_FETCH_ELECTRON) return null;
  }
  say('Fetching the Electron binary …');
  spawnSync(node, [path.join(electronFolder, 'install.js')], {
    env: projectEnvironment(),
    stdio: 'ignore',
    timeout: 5 * 60_000,
  });
  const binary = electronBinary();
  if (binary === null) {
    mkdirSync(path.dirname(refusal), { recursive: true });
    writeFileSync(refusal, JSON.stringify({ at: Date.now() }));
  }
  return binary;
}

/** The binary to run, or the reason why there is no window. */
function chooseShell() {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return { reason: 'there is no display here' };
  }
  const binary = electronBinary() ?? fetchElectron();
  return binary ? { binary } : { reason: 'the Electron binary could not be fetched' };
}

function runUntilEnd(command, commandArgs) {
  const child = spawn(command, commandArgs, {
    cwd: process.cwd(),
    stdio: 'inherit',
    env: projectEnvironment(),
  });
  // Ctrl-C reaches the child by itself (same terminal); a plain kill of this launcher does not.
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGHUP', () => child.kill('SIGTERM'));
  process.on('SIGINT', () => {});
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}

const browserShell = [path.join(root, 'out', 'main', 'serve.js')];
if (browserOnly) {
  runUntilEnd(node, [...browserShell, ...args]);
} else {
  const choice = chooseShell();
  if (choice.binary) runUntilEnd(choice.binary, [root, ...args]);
  else {
    say(`Opening in the browser, because ${choice.reason}.`);
    runUntilEnd(node, [...browserShell, ...args]);
  }
}
