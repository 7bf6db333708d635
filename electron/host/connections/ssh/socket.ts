import net from 'node:net';
import os from 'node:os';
import { RackhelmError } from '../../../../shared/model/errors.ts';
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
    refuseOtherFamily(hop);
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
      reject(fromOwnAddress(error, hop) ?? fromSocketError(error, place(hop.host, hop.port)));
    });
  });
}

/** A name is looked up in the family; an address is of its own. */
function refuseOtherFamily({ host, configured: { addressFamily } }: Hop): void {
  const family = net.isIP(host.replace(/%.*$/, ''));
  if (addressFamily === undefined || family === 0 || family === addressFamily) return;
  throw new RackhelmError(
    'SSH_UNREACHABLE',
    `${host} is no IPv${addressFamily} address, and AddressFamily allows no other.`,
    { hint: 'Correct AddressFamily or HostName in the ssh configuration.' },
  );
}

/** Where it is the configuration that leads nowhere; null for all else. */
function fromOwnAddress(error: Error, { host, configured }: Hop): RackhelmError | null {
  const code = 'code' in error ? error.code : '';
  const { addressFamily, bindAddress } = configured;
  if (bindAddress !== undefined && (code === 'EADDRNOTAVAIL' || code === 'EINVAL'))
    return new RackhelmError(
      'SSH_UNREACHABLE',
      `BindAddress ${bindAddress} is no address of this computer from which ${host} could be reached.`,
      { cause: error, hint: 'Correct BindAddress in the ssh configuration.' },
    );
  if (addressFamily !== undefined && (code === 'ENOTFOUND' || code === 'EAI_AGAIN'))
    return new RackhelmError(
      'SSH_HOST_UNKNOWN',
      `No IPv${addressFamily} address is known for ${host}, and AddressFamily allows no other.`,
      { cause: error, hint: 'Correct the name, or AddressFamily in the ssh configuration.' },
    );
  return null;
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
