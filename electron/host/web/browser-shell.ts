import { keepRunning, startHost } from '../host.ts';
import type { Installation } from '../installation.ts';
import { inForeground } from './foreground.ts';
import { openInBrowser } from './open-in-browser.ts';
import { startWebServer, type WebServer } from './web-server.ts';

export interface BrowserShellOptions {
  readonly installation: Installation;
  readonly dataDirectory: string;
  readonly port: number;
  readonly open: boolean;
}

function untilSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, resolve);
  });
}

/** A browser that was closed has lost its cookie: Enter in the terminal makes a new address. */
function giveNewAddressOnEnter(server: WebServer): void {
  if (!process.stdin.isTTY) return;
  const listen = () => {
    if (inForeground()) process.stdin.resume();
    else process.stdin.pause();
  };
  process.stdin.on('data', () => {
    process.stdout.write(`Rackhelm is ready at ${server.newAddress()}\n`);
  });
  // `fg` and `bg` after Ctrl-Z.
  process.on('SIGCONT', listen);
  listen();
}

/**
 * Runs the host in this process and serves the face on 127.0.0.1 until a signal ends it. Prints the
 * one line with the address to stdout. Throws RackhelmError when the start fails.
 */
export async function runBrowserShell(options: BrowserShellOptions): Promise<void> {
  const { installation, dataDirectory } = options;
  const host = await startHost({ ...installation, dataDirectory, shell: 'browser' });
  keepRunning(host.report);
  const ended = untilSignal();
  try {
    const server = await startWebServer({
      port: options.port,
      staticRoot: installation.staticRoot,
      onSocket: host.connectSocket,
      report: host.report,
    });
    const address = server.newAddress();
    giveNewAddressOnEnter(server);
    process.stdout.write(`Rackhelm is ready at ${address}\n`);
    if (options.open) {
      openInBrowser(address, dataDirectory, (problem) => process.stderr.write(`${problem}\n`));
    }
    await ended;
    await server.close();
  } finally {
    await host.close();
  }
}
