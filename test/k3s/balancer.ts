import { existsSync } from 'node:fs';
import net from 'node:net';
import { read, write } from './files.ts';
import { log } from './log.ts';
import { agentDirectory, localPort } from './places.ts';

const file = `${agentDirectory}/etc/k3s-agent-load-balancer.json`;

/** An agent's own way to the servers: one port here, and whichever of them answers. */
export class Balancer {
  #servers: readonly string[];
  readonly #first: string;

  constructor(url: string) {
    const { hostname, port } = new URL(url);
    this.#first = `${hostname}:${port || 443}`;
    this.#servers = kept(this.#first);
  }

  get address(): string {
    return `https://127.0.0.1:${localPort}`;
  }

  /** Servers that are known from now on; the one that it joined by is asked first all the same. */
  learn(servers: readonly string[]): void {
    const all = [this.#first, ...servers.filter((one) => one !== this.#first)];
    if (all.join() === this.#servers.join()) return;
    this.#servers = all;
    write(file, `${JSON.stringify({ ServerURL: this.#first, ServerAddresses: all })}\n`);
    log(
      'info',
      `Running load balancer k3s-agent-load-balancer 127.0.0.1:${localPort} -> [${all.join(' ')}]`,
    );
  }

  listen(): Promise<void> {
    const server = net.createServer({ pauseOnConnect: true }, (socket) => this.#pass(socket, 0));
    return new Promise((resolve, reject) => {
      server.on('error', reject);
      server.listen(localPort, '127.0.0.1', resolve);
    });
  }

  #pass(near: net.Socket, index: number): void {
    const server = this.#servers[index];
    if (server === undefined) {
      near.resetAndDestroy();
      return;
    }
    const colon = server.lastIndexOf(':');
    const host = server.slice(0, colon).replace(/^\[|\]$/g, '');
    const far = net.connect({ host, port: Number(server.slice(colon + 1)), timeout: 8_000 });
    let isThere = false;
    far.on('timeout', () => {
      if (!isThere) far.destroy(new Error('timeout'));
    });
    far.on('error', () => {
      if (isThere) near.destroy();
      else this.#pass(near, index + 1);
    });
    far.on('connect', () => {
      isThere = true;
      far.setTimeout(0);
      near.pipe(far).pipe(near);
      near.on('error', () => far.destroy());
      near.on('close', () => far.destroy());
      far.on('close', () => near.destroy());
    });
  }
}

/** What an earlier start learned of the same cluster; another address begins anew. */
function kept(first: string): readonly string[] {
  if (!existsSync(file)) return [first];
  // Only we write it.
  const known = JSON.parse(read(file)) as { ServerURL: string; ServerAddresses: readonly string[] };
  return known.ServerURL === first ? known.ServerAddresses : [first];
}
