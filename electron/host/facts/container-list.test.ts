import { expect, it } from 'vitest';
import { sectionsOf } from './output-fixture.ts';

const docker = JSON.stringify({ Client: {}, Server: { Version: '27.3.1' } });
const containersOf = (parts: Parameters<typeof sectionsOf>[0]) => {
  const section = sectionsOf(parts).containers;
  return section.status === 'ok' ? section.data[0]?.containers : undefined;
};
const line = (...fields: string[]) => JSON.stringify(fields);

it('reads the containers of docker with what they publish', () => {
  const ports =
    '0.0.0.0:8080->80/tcp, [::]:8080->80/tcp, :::53->53/udp, 443/tcp, 1.2.3.4:7-8->7-8/tcp';
  const text = [
    'WARNING: Error loading config file',
    line('shop-web-1', 'nginx:1.27', 'shop', 'web', '', 'shop_default', ports),
    line('agent', 'agent:1', '', '', '', 'host', ''),
    line('k8s_POD_web', 'pause:3', '', '', 'web-5d', 'none', ''),
    'not json',
    line('', 'x', '', '', '', '', ''),
  ].join('\n');
  expect(containersOf({ docker, 'docker-ps': text })).toEqual([
    {
      name: 'shop-web-1',
      image: 'nginx:1.27',
      project: 'shop',
      service: 'web',
      hostNetwork: false,
      ports: [
        { address: '0.0.0.0', port: 8080, protocol: 'tcp' },
        { address: '::', port: 8080, protocol: 'tcp' },
        { address: '::', port: 53, protocol: 'udp' },
        { address: '1.2.3.4', port: 7, protocol: 'tcp' },
        { address: '1.2.3.4', port: 8, protocol: 'tcp' },
      ],
    },
    {
      name: 'agent',
      image: 'agent:1',
      project: null,
      service: null,
      hostNetwork: true,
      ports: [],
    },
  ]);
});

it('does not take an engine that did not list them for one without any', () => {
  expect(containersOf({ docker })).toBeUndefined();
  const text = 'permission denied while trying to connect';
  expect(containersOf({ docker, 'docker-ps': { end: 1, text } })).toBeUndefined();
  expect(containersOf({ docker, 'docker-ps': { end: 'late', text: '' } })).toBeUndefined();
  expect(containersOf({ docker, 'docker-ps': '' })).toEqual([]);
});

it('reads those of podman, but for the ones that only hold the network of a pod', () => {
  const list = [
    {
      Names: ['paper'],
      Image: 'ghcr.io/paper:2',
      Labels: { 'io.podman.compose.project': 'docs', 'com.docker.compose.service': 'paper' },
      Ports: [{ host_ip: '', host_port: 8000, container_port: 80, range: 2, protocol: 'tcp' }],
    },
    { Names: ['pod-infra'], Image: '', IsInfra: true, Labels: null, Ports: null },
  ];
  const parts = { podman: 'podman version 5.4.0', 'podman-ps': JSON.stringify(list) };
  expect(containersOf(parts)).toEqual([
    {
      name: 'paper',
      image: 'ghcr.io/paper:2',
      project: 'docs',
      service: 'paper',
      hostNetwork: false,
      ports: [
        { address: '0.0.0.0', port: 8000, protocol: 'tcp' },
        { address: '0.0.0.0', port: 8001, protocol: 'tcp' },
      ],
    },
  ]);
  expect(containersOf({ ...parts, 'podman-ps': 'null' })).toBeUndefined();
});
