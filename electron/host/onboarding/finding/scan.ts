import net from 'node:net';
import { formatAddress } from '../../../../shared/network/address.ts';
import type { AddressRange } from '../../../../shared/network/range.ts';
import { scanAtOnce, scanRate } from '../../../../shared/onboarding/finding.ts';

/** An address at which somebody listens. */
export interface Listening {
  readonly address: string;
  /** The first line that came by itself, as it came; null: nothing did in time. */
  readonly said: string | null;
}

export interface ScanOptions {
  readonly signal: AbortSignal;
  readonly onFound: (found: Listening) => void;
  readonly onProgress: (done: number, total: number) => void;
  readonly port?: number;
  /** Addresses begun in a second. */
  readonly rate?: number;
  /** Milliseconds for an answer, and for the first line after it. */
  readonly waitMs?: number;
}

/** No first line is longer (RFC 4253). */
const longestLine = 255;

/**
 * Tries one port of each address by opening a connection and closing it again; nothing is sent. At most
 * `scanAtOnce` at a time and `rate` in a second. Ends early, without an error, when the signal aborts.
 */
export async function scan(range: AddressRange, options: ScanOptions): Promise<number> {
  const { signal, onFound, onProgress, rate = scanRate } = options;
  const total = Number(range.last - range.first + 1n);
  const began = performance.now();
  let next = 0;
  let done = 0;
  const work = async () => {
    while (next < total && !signal.aborted) {
      const place = next++;
      await pause(began + (place / rate) * 1000 - performance.now(), signal);
      if (signal.aborted) return;
      const value = range.first + BigInt(place);
      const address = formatAddress({ family: range.family, value });
      const said = await knock(address, options);
      if (said !== undefined && !signal.aborted) onFound({ address, said });
      done += 1;
      if (!signal.aborted) onProgress(done, total);
    }
  };
  await Promise.all(Array.from({ length: Math.min(scanAtOnce, total) }, work));
  return done;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(end, ms);
    function end() {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    }
    signal.addEventListener('abort', end);
  });
}

/** Undefined: nobody listens there. */
function knock(
  host: string,
  { signal, port = 22, waitMs = 1_500 }: ScanOptions,
): Promise<string | null | undefined> {
  return new Promise((resolve) => {
    const socket = net.connect({ host, port, signal });
    let heard = '';
    let isOpen = false;
    const end = (said: string | null | undefined) => {
      socket.destroy();
      resolve(said);
    };
    socket.setTimeout(waitMs);
    // A slow drip would keep resetting the idle time.
    const late = setTimeout(
      () => end(isOpen ? (heard === '' ? null : heard) : undefined),
      waitMs * 2,
    );
    socket.once('close', () => clearTimeout(late));
    socket.once('connect', () => (isOpen = true));
    socket.once('timeout', () => end(isOpen ? (heard === '' ? null : heard) : undefined));
    socket.once('error', () => end(isOpen ? null : undefined));
    socket.once('end', () => end(heard === '' ? null : heard));
    socket.on('data', (chunk) => {
      heard = (heard + chunk.toString('latin1')).slice(0, longestLine);
      const lineEnd = heard.search(/[\r\n]/);
      if (lineEnd >= 0) end(heard.slice(0, lineEnd));
      else if (heard.length >= longestLine) end(heard);
    });
  });
}
