import type { NodeBuild } from '../looks/index.ts';
import type { ServiceName } from '../profiles.ts';
import { servePostgres, serveRedis } from './databases.ts';
import { askForAddress } from './dhcp-client.ts';
import { serveDocker } from './docker.ts';
import { serveNvidiaSmi } from './gpu.ts';
import { serveLldp } from './lldp.ts';
import { serveRouter } from './router.ts';
import { offerOpenrc, offerSystemctl } from './units.ts';
import { serveNginx } from './web.ts';

const services: Readonly<Record<ServiceName, (build: NodeBuild) => void>> = {
  dnsmasq: serveRouter,
  docker: serveDocker,
  lldpd: serveLldp,
  nginx: serveNginx,
  'nvidia-smi': serveNvidiaSmi,
  openrc: offerOpenrc,
  postgresql: servePostgres,
  redis: serveRedis,
  systemctl: offerSystemctl,
};

export function writeServices(build: NodeBuild): void {
  askForAddress(build);
  for (const name of build.spec.services) services[name](build);
}
