import { describe, expect, it } from 'vitest';
import { containerRow } from './container-row.ts';
import { readDisk } from './disk.ts';
import { readSockets } from './engine-sockets.ts';
import { hiddenVariable, shownVariable } from './environment.ts';
import { readImageName } from './image-name.ts';
import { inspected } from './inspected.ts';
import { listedContainer, readListed } from './listed.ts';
import { projectRows } from './other-rows.ts';
import { openText, portText, publishedPorts } from './ports.ts';
import { previewPrune } from './prune.ts';
import { PullProgress } from './pull.ts';
import { readPage } from './read-page.ts';
import { readRaw, sampleBetween } from './stats.ts';

const now = Date.UTC(2026, 11, 1);
const id = 'a'.repeat(64);

describe('ports that are published', () => {
  const port = (IP: string, PublicPort: number) => ({
    IP,
    PublicPort,
    PrivatePort: 80,
    Type: 'tcp',
  });

  it('are told once for IPv4 and IPv6, and warned of where anybody reaches them', () => {
    const ports = publishedPorts([port('0.0.0.0', 8080), port('::', 8080), port('127.0.0.1', 81)]);
    expect(ports.map(portText)).toEqual(['127.0.0.1:81 → 80', '*:8080 → 80']);
    expect(openText(ports)).toContain('Port 8080 is open on all addresses');
    expect(openText(publishedPorts([port('127.0.0.1', 81), port('', 0)]))).toBeNull();
  });
});

describe('what engines and images say', () => {
  it('is read as far as it can be, and shown harmless', () => {
    const odd = [
      null,
      7,
      { Id: id, Names: [5, '/x\u202ey'], Labels: { __proto__: 'a' }, Ports: {} },
    ];
    const [container, ...others] = readListed(listedContainer, odd);
    expect(others).toEqual([]);
    const row = container && containerRow(container, { now, looked: null });
    expect(row).toMatchObject({ name: 'x<U+202E>y', status: { level: 'unknown' }, key: id });
    expect(readListed(listedContainer, { not: 'a list' })).toEqual([]);
  });

  it('keeps what looks like a secret back, wherever it stands', () => {
    expect(shownVariable('POSTGRES_PASSWORD=hunter2').value).toBeNull();
    expect(shownVariable('URL=postgres://ada:hunter2@db/x').value).toBeNull();
    expect(shownVariable('TZ=Europe/Berlin').value).toBe('Europe/Berlin');
    expect(shownVariable('AUTHOR=me').value).toBe('me');
    const raw = { Id: id, Config: { Env: ['HF_TOKEN=hunter2', 'A=b=c'] } };
    const row = containerRow(listedContainer.parse(raw), { now, looked: null });
    const page = readPage(inspected.parse(raw), row, raw);
    expect(JSON.stringify(page)).not.toContain('hunter2');
    expect(page.environment).toEqual([
      { name: 'A', value: 'b=c' },
      { name: 'HF_TOKEN', value: null },
    ]);
    expect(hiddenVariable('HF_TOKEN=x')).toBe('HF_TOKEN=(hidden)');
  });

  it('warns of ways out of a container', () => {
    const raw = {
      HostConfig: { Privileged: true, NetworkMode: 'host', PidMode: 'host' },
      Mounts: [{ Source: '/var/run/docker.sock', Destination: '/var/run/docker.sock' }],
    };
    const row = containerRow(listedContainer.parse({ Id: id }), { now, looked: null });
    const warnings = readPage(inspected.parse(raw), row, raw).notes.filter(
      ({ level }) => level === 'warn',
    );
    expect(warnings).toHaveLength(4);
  });

  it('is grouped by project, which stands as its worst container does', () => {
    const one = (name: string, State: string, Status: string) => {
      const Labels = { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': name };
      const listed = listedContainer.parse({
        Id: id + name,
        Names: [`/${name}`],
        State,
        Status,
        Labels,
      });
      return { listed, row: containerRow(listed, { now, looked: null }) };
    };
    const [project, ...others] = projectRows([
      one('web', 'running', 'Up 3 hours'),
      one('db', 'exited', 'Exited (1) 2 minutes ago'),
    ]);
    expect(others).toEqual([]);
    expect(project).toMatchObject({
      name: 'shop',
      cells: { running: '1/2', services: ['db', 'web'] },
    });
    expect(project?.status).toMatchObject({ level: 'bad', label: 'Failed' });
  });
});

describe('names of images', () => {
  it.each([
    ['redis', 'docker.io/library/redis', null],
    ['ada/redis:7', 'docker.io/ada/redis', '7'],
    ['gpu-1:5000/llama:server', 'gpu-1:5000/llama', 'server'],
  ])('%s', (name, repository, tag) => {
    expect(readImageName(name)).toMatchObject({ repository, tag });
  });
  it.each([`sha256:${id}`, id, '<none>:<none>', ''])('%s is none', (name) => {
    expect(readImageName(name)).toBeNull();
  });
});

describe('the progress of a pull', () => {
  const layer = (at: number) => at.toString(16).padStart(12, '0');

  it('counts bytes and layers, and tells each layer once', () => {
    const pull = new PullProgress();
    const lines = [
      { status: 'Pulling from library/redis', id: 'latest' },
      { status: 'Already exists', id: layer(1) },
      { status: 'Downloading', id: layer(2), progressDetail: { current: 5, total: 10 } },
      { status: 'Downloading', id: layer(2), progressDetail: { current: 10, total: 10 } },
      { status: 'Pull complete', id: layer(2) },
    ];
    const told = lines.map((line) => pull.take(line)).filter((text) => text !== null);
    expect(told).toHaveLength(3);
    expect(pull.bytes).toEqual({ done: 10, total: 10 });
    expect(pull.layers).toEqual({ done: 2, total: 2 });
  });

  it('holds no more than so many layers, whatever an image claims', () => {
    const pull = new PullProgress();
    for (let at = 0; at < 10_000; at += 1) pull.take({ status: 'Waiting', id: layer(at) });
    expect(pull.layers.total).toBe(1_000);
  });

  it('throws what the engine says went wrong in the middle', () => {
    const error = 'toomanyrequests: slow down';
    expect(() => new PullProgress().take({ error })).toThrow(error);
  });
});

describe('what may be deleted', () => {
  const disk = readDisk({
    Images: [
      { Id: `sha256:${'1'.repeat(64)}`, RepoTags: ['<none>:<none>'], Size: 10, SharedSize: 4 },
      { Id: `sha256:${'2'.repeat(64)}`, RepoTags: ['old:1'], Size: 20, SharedSize: -1 },
      { Id: `sha256:${'3'.repeat(64)}`, RepoTags: ['used:1'], Size: 30 },
    ],
    Containers: [
      { Id: id, Names: ['/loop'], State: 'restarting', ImageID: `sha256:${'3'.repeat(64)}` },
      { Id: `b${id}`, Names: ['/over'], State: 'exited', SizeRw: 5 },
    ],
    Volumes: [{ Name: 'db', UsageData: { Size: -1, RefCount: 0 } }],
    BuildCache: null,
  });
  const names = (choice: Parameters<typeof previewPrune>[1]) =>
    previewPrune(disk, choice).items.map(({ name }) => name);
  const nothing = {
    containers: false,
    images: 'none',
    volumes: 'none',
    buildCache: false,
  } as const;

  it('is only what nothing uses, and only of the kinds that were chosen', () => {
    expect(names(nothing)).toEqual([]);
    expect(names({ ...nothing, containers: true })).toEqual(['over']);
    expect(names({ ...nothing, images: 'leftover' })).toEqual(['111111111111']);
    expect(names({ ...nothing, images: 'unused' })).toEqual(['old:1', '111111111111']);
    expect(names({ ...nothing, volumes: 'unnamed', buildCache: true })).toEqual([]);
    expect(previewPrune(disk, { ...nothing, images: 'unused' }).bytes).toBe(26);
  });
});

describe('statistics', () => {
  const line = (at: number, cpu: number, received: number) => ({
    read: new Date(now + at).toISOString(),
    cpu_stats: { cpu_usage: { total_usage: cpu }, online_cpus: 2 },
    memory_stats: { usage: 1_000, limit: 2_000, stats: { inactive_file: 400 } },
    networks: { eth0: { rx_bytes: received, tx_bytes: 0 } },
  });

  it('are what was taken between two reads, without what can be given back', () => {
    const [a, b] = [readRaw(line(0, 1e9, 100), now), readRaw(line(2_000, 4e9, 1_100), now)];
    if (a === null || b === null) throw new Error('not read');
    expect(sampleBetween(a, b)).toMatchObject({ cpu: 1.5, memoryBytes: 600, received: 500 });
    // It was started anew in between.
    expect(sampleBetween(b, a)).toBeNull();
    expect(readRaw({ read: '0001-01-01T00:00:00Z' }, now)).toBeNull();
  });
});

describe('sockets that a machine has', () => {
  it('are found in whatever a login shell prints around them', () => {
    const output = [
      'Welcome!\r',
      '@@1 socket yes evil evil /tmp/evil.sock of another mark',
      '@@m user deploy',
      '@@m socket no root docker /var/run/docker.sock',
      '@@m program dockerd',
      '@@m end',
    ];
    expect(readSockets(output.join('\n'), '@@m')).toEqual({
      user: 'deploy',
      sockets: [{ path: '/var/run/docker.sock', usable: false, owner: 'root', group: 'docker' }],
      programs: ['dockerd'],
      forbidden: false,
    });
    expect(readSockets('@@m user x', '@@m')).toBeNull();
  });
});
