import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Long enough for a slow browser to start and read the page. */
const pageLifeMs = 30_000;

const openers: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
  linux: ['xdg-open'],
};

/**
 * Opens the person's browser. The address holds the token, and a command line can be read by every
 * user of the machine, so the browser is given a file that only this user can read.
 */
export function openInBrowser(
  address: string,
  dataDirectory: string,
  onProblem: (problem: string) => void,
): void {
  const problem = 'No browser could be opened; open the address yourself.';
  try {
    launch(writePage(address, dataDirectory), () => onProblem(problem));
  } catch (error) {
    onProblem(`${problem} (${error instanceof Error ? error.message : String(error)})`);
  }
}

function writePage(address: string, dataDirectory: string): string {
  const page = path.join(dataDirectory, 'open-rackhelm.html');
  rmSync(page, { force: true });
  const body = `<!doctype html><meta http-equiv="refresh" content="0;url=${address}"><title>Rackhelm</title>`;
  writeFileSync(page, body, { mode: 0o600, flag: 'wx' });
  const remove = () => rmSync(page, { force: true });
  process.on('exit', remove);
  setTimeout(remove, pageLifeMs).unref();
  return page;
}

function launch(page: string, onFailure: () => void): void {
  const [command, ...args] = openers[process.platform] ?? ['xdg-open'];
  const child = spawn(command, [...args, page], { stdio: 'ignore', detached: true });
  child.on('error', onFailure);
  child.on('exit', (code) => {
    if (code !== 0) onFailure();
  });
  child.unref();
}
