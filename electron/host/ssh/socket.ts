import net from 'node:net';
import os from 'node:os';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { cancelled, fromSocketError, place } from './errors.ts';
import type { ConfiguredConnection, Hop } from './hop.ts';

/** A TCP connection to the machine. Throws SSH_HOST_UNKNOWN, _REFUSED, _UNREACHABLE, _CANCELLED. */
export function openSocket(hop: Hop, signal: AbortSignal): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(cancelled(signal));
      return;
    }
    const { addressFamily } = hop.configured;
    const socket = net.connect({
      host: hop.host,
      port: hop.port,
      noDelay: true,
      ...(addressFamily === undefined ? {} : { family: addressFamily }),
      ...localAddress(hop.configured),
    });
    const onAbort = () => {
      socket.destroy();
      reject(cancelled(signal));
    };
    signal.addEventListener('abort', onAbort, { once: true });
    socket.once('connect', () => {
      signal.removeEventListener('abort', onAbort);
      resolve(socket);
    });
    // Stays for good: an error event that nobody hears would end the process.
    socket.on('error', (error) => {
      signal.removeEventListener('abort', onAbort);
      reject(fromSocketError(error, place(hop.host, hop.port)));
    });
  });
}

/** BindAddress, or the first address of BindInterface that is of the family. */
function localAddress({ bindAddress, bindInterface, addressFamily }: ConfiguredConnection) {
  if (bindAddress !== undefined) return { localAddress: bindAddress };
  if (bindInterface === undefined) return {};
  const wanted = addressFamily === 6 ? 'IPv6' : 'IPv4';
  const addresses = os.networkInterfaces()[bindInterface] ?? [];
  const own =
    addresses.find(({ family }) => family === wanted) ??
    (addressFamily === undefined ? addresses[0] : undefined);
  if (own) return { localAddress: own.address };
  throw new RackhelmError(
    'SSH_UNREACHABLE',
    `BindInterface ${bindInterface}: this computer has no such interface with an address.`,
    { hint: 'Correct BindInterface in the ssh configuration, or bring the interface up.' },
  );
}
