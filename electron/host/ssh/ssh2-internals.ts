import type { Client, ClientChannel } from 'ssh2';

/**
 * The two places where ssh2's public interface does not reach. Each looks before it touches, and
 * does nothing where ssh2 is not as expected: the exact version is pinned in package.json.
 */
interface Internals {
  readonly _protocol?: {
    signal?: (channel: number, name: string) => void;
    _handlers?: { EXT_INFO?: (protocol: unknown, extensions: readonly Extension[]) => void };
  };
}

interface Extension {
  readonly name: string;
  readonly algs?: readonly string[];
}

/** Sends a signal to what runs on a channel; `channel.signal` is silent once stdin was closed. */
export function signalChannel(client: Client, channel: ClientChannel, name: 'TERM'): void {
  const { _protocol: protocol } = client as Client & Internals;
  const { outgoing } = channel as ClientChannel & { outgoing?: { id?: number } };
  if (typeof outgoing?.id === 'number') protocol?.signal?.(outgoing.id, name);
}

/**
 * RSA keys sign with SHA-512 where the server lists it, as OpenSSH's client does. ssh2 prefers
 * SHA-256 and tries nothing else, and sshd lists both even when it is set to take only one.
 */
export function preferRsaSha512(client: Client): void {
  const handlers = (client as Client & Internals)._protocol?._handlers;
  const original = handlers?.EXT_INFO;
  if (!handlers || !original) return;
  handlers.EXT_INFO = (protocol, extensions) =>
    original(
      protocol,
      extensions.map((extension) =>
        extension.algs?.includes('rsa-sha2-512')
          ? { ...extension, algs: extension.algs.filter((name) => name !== 'rsa-sha2-256') }
          : extension,
      ),
    );
}
