import type { NodeBuild } from '../looks/index.ts';
import type { ServiceName } from '../node-spec.ts';
import { servePostgres, serveRedis } from './databases.ts';
import { askForAddress } from './dhcp-client.ts';
import { serveDocker } from './docker.ts';
import { serveNvidiaSmi } from './gpu.ts';
import { offerK3s } from './k3s.ts';
import { serveKernel } from './kernel.ts';
import { serveKubelet } from './kubelet.ts';
import { serveLldp } from './lldp.ts';
import { serveRouter } from './router.ts';
import { offerOpenrc, offerSystemctl, offerSystemdTools } from './units.ts';
import { serveNginx } from './web.ts';

const services: Readonly<Record<ServiceName, (build: NodeBuild) => void>> = {
  dnsmasq: serveRouter,
  docker: serveDocker,
  k3s: offerK3s,
  kernel: serveKernel,
  kubelet: serveKubelet,
  lldpd: serveLldp,
  nginx: serveNginx,
  'nvidia-smi': serveNvidiaSmi,
  openrc: offerOpenrc,
  postgresql: servePostgres,
  redis: serveRedis,
  systemctl: offerSystemctl,
  'systemd-tools': offerSystemdTools,
};

export function writeServices(build: NodeBuild): void {
  askForAddress(build);
  for (const name of build.spec.services) services[name](build);
}
