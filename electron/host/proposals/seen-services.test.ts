import { describe, expect, it } from 'vitest';
import { address, observedLink, ok, sampleFacts } from '../inventory/sample-facts.ts';
import { seenServices } from './seen-services.ts';

type Listener = readonly [place: string, process?: string];

/** `tcp 0.0.0.0 5432`. */
function facts(...listeners: readonly Listener[]) {
  return sampleFacts({
    interfaces: ok([
      observedLink({ name: 'eth0', addresses: [address('10.0.0.11/24')] }),
      observedLink({ name: 'virbr0', kind: 'bridge', addresses: [address('192.168.122.1/24')] }),
    ]),
    listeningPorts: ok(
      listeners.map(([place, process = null]) => {
        const [protocol = '', at = '', port = ''] = place.split(' ');
        return {
          protocol: protocol === 'udp' ? 'udp' : 'tcp',
          address: at,
          port: Number(port),
          process,
        };
      }),
    ),
  });
}

const seen = (...listeners: readonly Listener[]) =>
  seenServices(facts(...listeners)).map(({ product }) => product);

it.each([
  ['tcp * 5432', 'postgres', 'PostgreSQL'],
  ['tcp * 15432', 'postgres', 'PostgreSQL'],
  ['tcp * 3306', 'mysqld', 'MySQL'],
  ['tcp * 3306', 'mariadbd', 'MariaDB'],
  ['tcp * 6379', 'redis-server', 'Redis'],
  ['tcp * 3000', 'gitea', 'Gitea'],
  ['tcp * 3000', 'grafana', 'Grafana'],
  ['tcp * 9090', 'prometheus', 'Prometheus'],
  ['tcp * 9100', 'prometheus-node', 'node_exporter'],
  ['tcp * 1883', 'mosquitto', 'Mosquitto'],
  ['tcp * 2375', 'dockerd', 'Docker API'],
  ['tcp * 6443', 'k3s-server', 'K3s'],
  ['tcp * 11434', 'ollama', 'Ollama'],
  ['tcp * 8000', 'VLLM::EngineCor', 'vLLM'],
  ['tcp * 445', 'smbd', 'SMB'],
  ['tcp * 8080', 'docker-proxy', 'Container on port 8080'],
  ['tcp * 5432', 'docker-proxy', 'PostgreSQL'],
  ['tcp * 7000', 'my-daemon', 'my-daemon'],
  ['tcp * 8000', 'python3', 'Service on port 8000'],
])('%s of %s is %s', (place, process, product) => {
  expect(seen([place, process])).toEqual([product]);
});

it.each([
  ['tcp * 2049', 'NFS'],
  ['tcp * 3260', 'iSCSI'],
  ['udp * 53', 'DNS'],
  ['tcp * 443', 'Web server'],
  ['tcp * 8123', 'Home Assistant'],
  ['tcp * 4321', 'Service on port 4321'],
])('%s of nobody known is %s', (place, product) => {
  expect(seen([place])).toEqual([product]);
});

describe('left out', () => {
  it.each([
    ['tcp 0.0.0.0 22', 'sshd'],
    ['tcp 0.0.0.0 22', undefined],
    ['tcp 127.0.0.53%lo 53', 'systemd-resolve'],
    ['udp 0.0.0.0 68', 'dhclient'],
    ['udp 0.0.0.0 5353', 'avahi-daemon'],
    ['udp 0.0.0.0 41641', undefined],
    ['tcp 0.0.0.0 43210', 'python3'],
    ['tcp 0.0.0.0 50123', 'rpc.statd'],
    ['tcp 127.0.0.1 9999', 'my-daemon'],
    ['udp 192.168.122.1 53', 'dnsmasq'],
  ])('%s %s', (place, process) => {
    expect(seen(process === undefined ? [place] : [place, process])).toEqual([]);
  });
});

it('tells DNS from DHCP where one program does both', () => {
  const found = seen(
    ['tcp 10.0.0.11 53', 'dnsmasq'],
    ['udp 10.0.0.11 53', 'dnsmasq'],
    ['udp 0.0.0.0%eth0 67', 'dnsmasq'],
  );
  expect(found).toEqual(['DNS', 'DHCP']);
});

it('takes the ports of a web server together, and two databases apart', () => {
  const services = seenServices(
    facts(
      ['tcp * 80', 'nginx'],
      ['tcp * 443', 'nginx'],
      ['tcp * 5432', 'postgres'],
      ['tcp * 5433', 'postgres'],
    ),
  );
  expect(services.map(({ product, ports }) => [product, ...ports.map(({ port }) => port)])).toEqual(
    [
      ['nginx', 80, 443],
      ['PostgreSQL', 5432],
      ['PostgreSQL', 5433],
    ],
  );
});

it('marks what only the machine itself can reach', () => {
  const [service] = seenServices(
    facts(['tcp 127.0.0.1 5432', 'postgres'], ['tcp ::1 5432', 'postgres']),
  );
  expect(service).toMatchObject({ product: 'PostgreSQL', local: true });
});

it('knows a cluster by its role, also where nothing of it listens', () => {
  const k3s = {
    distribution: 'k3s',
    role: 'agent',
    version: 'v1.34.1+k3s1',
    running: true,
  } as const;
  const [service] = seenServices({
    ...facts(),
    sections: { ...facts().sections, kubernetes: ok(k3s) },
  });
  expect(service).toMatchObject({
    product: 'K3s',
    everywhere: true,
    notes: ['K3s agent v1.34.1+k3s1'],
  });
});

it('takes ten thousand listeners in its stride', () => {
  const many = Array.from({ length: 10_000 }, (_, n): Listener => [`tcp 10.0.0.11 ${1 + n}`, 'x']);
  const began = performance.now();
  expect(seenServices(facts(...many)).length).toBeGreaterThan(0);
  expect(performance.now() - began).toBeLessThan(2_000);
});
