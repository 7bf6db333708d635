import type { Client, ClientChannel } from 'ssh2';

/**
 * A place where ssh2's public interface does not reach. It looks before it touches, and does nothing
 * where ssh2 is not as expected: the exact version is pinned in package.json. See offer-keys.ts too.
 */
interface Internals {
  readonly _protocol?: {
    signal?: (channel: number, name: string) => void;
    readonly _handlers?: { USERAUTH_INFO_REQUEST?: InfoRequest };
  };
}

type InfoRequest = (
  protocol: unknown,
  name: string,
  instructions: string,
  prompts: readonly unknown[],
) => void;

/** ssh2 answers a request without prompts by itself, though its text may say what to do. */
export function onInstructionsAlone(client: Client, tell: (text: string) => void): void {
  const handlers = (client as Client & Internals)._protocol?._handlers;
  const original = handlers?.USERAUTH_INFO_REQUEST;
  if (!handlers || !original) return;
  handlers.USERAUTH_INFO_REQUEST = (protocol, name, instructions, prompts) => {
    if (prompts.length === 0) tell(`${name}\n${instructions}`);
    original(protocol, name, instructions, prompts);
  };
}

/** Sends a signal to what runs on a channel; `channel.signal` is silent once stdin was closed. */
export function signalChannel(client: Client, channel: ClientChannel, name: 'TERM'): void {
  const { _protocol: protocol } = client as Client & Internals;
  const { outgoing } = channel as ClientChannel & { outgoing?: { id?: number } };
  if (typeof outgoing?.id === 'number') protocol?.signal?.(outgoing.id, name);
}
