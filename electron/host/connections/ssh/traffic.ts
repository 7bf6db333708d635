import type { Client } from 'ssh2';

/**
 * Bounds what a server may send that nobody asked for. Each command, and the login, brings an
 * allowance; beyond that a trickle is let through, as of keepalives. A stream to a machine behind
 * this one is bounded over there.
 */
export class Traffic {
  #bytes: number;
  #packets: number;
  #renewals: number[] = [];
  #refilledAt = performance.now();
  #streams = 0;
  #commands = 0;
  readonly #onFlood: () => void;

  constructor(onFlood: () => void) {
    this.#bytes = idle.bytes;
    this.#packets = idle.packets;
    this.#onFlood = onFlood;
  }

  /** Allows what a command may print, and what goes with it, until the returned function is called. */
  expect(bytes: number): () => void {
    this.#bytes += 2 * bytes + command.bytes;
    this.#packets += command.packets;
    this.#commands += 1;
    return () => {
      this.#commands -= 1;
      if (this.#commands > 0) return;
      this.#bytes = Math.min(this.#bytes, idle.bytes + windowBytes);
      this.#packets = Math.min(this.#packets, idle.packets + windowPackets);
    };
  }

  /** While a stream runs through, its reader bounds it. */
  stream(): () => void {
    this.#streams += 1;
    let open = true;
    return () => {
      if (open) this.#streams -= 1;
      open = false;
    };
  }

  received(bytes: number, packets: number): void {
    if (this.#streams > 0) return;
    this.#refill();
    this.#bytes -= bytes;
    this.#packets -= packets;
    if (this.#bytes < 0 || this.#packets < 0) this.#onFlood();
  }

  /** Keys are agreed on anew each gigabyte or hour; each time costs a signature and more. */
  renewed(): void {
    const now = performance.now();
    this.#renewals = [...this.#renewals.filter((at) => now - at < 60_000), now];
    if (this.#renewals.length > mostRenewals) this.#onFlood();
  }

  #refill(): void {
    const now = performance.now();
    const seconds = (now - this.#refilledAt) / 1000;
    this.#refilledAt = now;
    this.#bytes = Math.max(this.#bytes, Math.min(idle.bytes, this.#bytes + seconds * 16 * 1024));
    this.#packets = Math.max(this.#packets, Math.min(idle.packets, this.#packets + seconds * 20));
  }
}

const idle = { bytes: 1024 * 1024, packets: 4000 };
const command = { bytes: 4 * 1024 * 1024, packets: 200_000 };
/** What was on its way when a command was cut short: a channel's window, in small pieces too. */
const windowBytes = 4 * 1024 * 1024;
const windowPackets = 16_000;
const mostRenewals = 20;

interface Counted {
  readonly _protocol?: { _onPacket?: () => void };
}

/** Counts the packets that ssh2 takes apart, which cost far more than their bytes tell. */
export function countPackets(client: Client, onPacket: () => void): void {
  const { _protocol: protocol } = client as Client & Counted;
  if (protocol?._onPacket) protocol._onPacket = onPacket;
}
