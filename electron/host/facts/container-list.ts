import { z } from 'zod';
import type { SectionData } from '../../../shared/model/facts.ts';
import type { Evidence } from './evidence.ts';
import { jsonIn } from './outcome.ts';

export type Container = NonNullable<SectionData<'containers'>[number]['containers']>[number];
type PublishedPort = Container['ports'][number];

/** Of one engine, and of one container: what is told beyond is not worth reading. */
const mostContainers = 500;
const mostPorts = 100;

/** What engines allow as a name; another one is not from them. */
const name = z.string().regex(/^[a-zA-Z0-9][\w.-]{0,127}$/);
const label = name.nullable().catch(null);

/** A line for each container, as the script asks docker for it. */
const dockerLine = z.tuple([name, z.string(), label, label, z.string(), z.string(), z.string()]);

/** Undefined where docker did not list them: that is not known to be none. */
export function dockerContainers(evidence: Evidence): Container[] | undefined {
  const part = evidence.part('docker-ps');
  if (part?.end !== 0) return undefined;
  const containers: Container[] = [];
  for (const line of part.text.split('\n')) {
    const parsed = dockerLine.safeParse(line.startsWith('[') ? jsonIn(line) : undefined);
    if (!parsed.success) continue;
    const [called, image, project, service, pod, networks, ports] = parsed.data;
    // The cluster tells of its pods itself.
    if (pod !== '') continue;
    containers.push({
      name: called,
      image,
      project,
      service,
      hostNetwork: networks === 'host',
      ports: publishedIn(ports),
    });
    if (containers.length === mostContainers) break;
  }
  return containers;
}

/** `0.0.0.0:8080->80/tcp, [::]:9000-9001->9000-9001/tcp, 443/tcp`: those that are published. */
function publishedIn(text: string): PublishedPort[] {
  return text.split(', ', mostPorts).flatMap((one) => {
    const match = /^(?:\[?([\da-f.:]+)\]?:)?(\d+)(?:-(\d+))?->\S+\/(tcp|udp)$/.exec(one);
    if (match === null) return [];
    const [, address = '0.0.0.0', first, last = first, protocol] = match;
    return range(Number(first), Number(last)).map((port) => ({
      address,
      port,
      protocol: protocol === 'udp' ? 'udp' : 'tcp',
    }));
  });
}

function range(first: number, last: number): number[] {
  const length = Math.min(Math.max(0, last - first + 1), mostPorts);
  return Array.from({ length }, (_, index) => first + index).filter(
    (port) => port >= 1 && port <= 65_535,
  );
}

const podmanPort = z.object({
  host_ip: z.string().nullish(),
  host_port: z.number().int().min(1).max(65_535),
  range: z.number().int().nullish(),
  protocol: z.string().nullish(),
});
const podmanContainer = z.object({
  Names: z.array(name).min(1),
  Image: z.string().catch(''),
  Labels: z.record(z.string(), z.string()).nullish().catch(null),
  Ports: z.array(podmanPort).max(mostPorts).nullish().catch(null),
  IsInfra: z.boolean().nullish().catch(null),
});

export function podmanContainers(evidence: Evidence): Container[] | undefined {
  const part = evidence.part('podman-ps');
  const list = part?.end === 0 ? jsonIn(part.text) : undefined;
  if (!Array.isArray(list)) return undefined;
  return list.slice(0, mostContainers).flatMap((item): Container[] => {
    const { data } = podmanContainer.safeParse(item);
    // Of a pod's own container only the pod's network is kept alive.
    const [called] = data?.Names ?? [];
    if (data === undefined || called === undefined || data.IsInfra === true) return [];
    const labelled = (key: string) => label.parse(data.Labels?.[key] ?? null);
    return [
      {
        name: called,
        image: data.Image,
        project: labelled('com.docker.compose.project') ?? labelled('io.podman.compose.project'),
        service: labelled('com.docker.compose.service'),
        hostNetwork: false,
        ports: (data.Ports ?? []).flatMap(podmanPorts),
      },
    ];
  });
}

function podmanPorts({ host_ip, host_port, range: ports, protocol }: z.infer<typeof podmanPort>) {
  const last = host_port + Math.max(1, ports ?? 1) - 1;
  return range(host_port, last).map((port) => ({
    address: host_ip || '0.0.0.0',
    port,
    protocol: protocol === 'udp' ? ('udp' as const) : ('tcp' as const),
  }));
}
