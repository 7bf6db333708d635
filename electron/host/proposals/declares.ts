import type { ServiceRow } from '../../../shared/model/inventory.ts';
import type { SeenService } from './seen-services.ts';

/**
 * Whether a service that is declared on a device is the one that was seen there: by a port of both,
 * by its name, or, where its ports are not declared, by what it is called.
 */
export function declares(
  declared: ServiceRow,
  seen: SeenService,
  { deviceId, name }: { readonly deviceId: string; readonly name: string },
): boolean {
  const here = declared.runsOn.find((one) => one.deviceId === deviceId);
  if (here === undefined) return false;
  const called = declared.name.toLowerCase();
  if (called === name.toLowerCase() || called === seen.product.toLowerCase()) return true;
  const fromUrl = portOf(declared.url);
  const samePort = seen.ports.some(
    ({ protocol, port }) =>
      here.ports.some((one) => one.protocol === protocol && one.port === port) ||
      (protocol === 'tcp' && port === fromUrl),
  );
  if (samePort) return true;
  const portsAreTold = here.ports.length > 0 || fromUrl !== null;
  // Another instance of a database is another service; a web server's second port is not.
  if (portsAreTold && (seen.instances || here.ports.length > 0)) return false;
  return seen.words.test(declared.name) || seen.words.test(declared.kind);
}

/** The port that an address names; null where it names none. */
function portOf(url: string | null): number | null {
  if (url === null || !URL.canParse(url)) return null;
  const { port } = new URL(url);
  return port === '' ? null : Number(port);
}
