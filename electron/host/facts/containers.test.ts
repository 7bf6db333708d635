import { describe, expect, it } from 'vitest';
import { filesOf, type PartFixture, sectionsOf } from './output-fixture.ts';

const comms = (...names: string[]) =>
  filesOf(
    Object.fromEntries(['systemd', ...names].map((name, at) => [`/proc/${at + 1}/comm`, name])),
  );
const containers = (parts: Record<string, PartFixture>) => sectionsOf(parts).containers;
const kubernetes = (parts: Record<string, PartFixture>) => sectionsOf(parts).kubernetes;

describe('container engines', () => {
  const client = { Version: '27.3.1', ApiVersion: '1.47' };
  it('tells the version of the running engine', () => {
    const docker = JSON.stringify({ Client: client, Server: { Version: '26.1.5' } });
    expect(containers({ docker })).toEqual({
      status: 'ok',
      data: [{ engine: 'docker', version: '26.1.5', running: true }],
    });
  });

  it('takes the version of containerd from the docker that runs upon it', () => {
    const Components = [
      { Name: 'Engine', Version: '26.1.5' },
      { Name: 'containerd', Version: 'v1.7.22' },
    ];
    const docker = JSON.stringify({ Client: client, Server: { Version: '26.1.5', Components } });
    expect(containers({ docker, files: comms('dockerd', 'containerd') })).toMatchObject({
      data: [{ engine: 'docker' }, { engine: 'containerd', version: '1.7.22', running: true }],
    });
  });

  it('tells a stopped engine from one that this user may not ask', () => {
    const text = `${JSON.stringify({ Client: client, Server: null })}\npermission denied while trying to connect {}`;
    const docker = { end: 1, text };
    expect(containers({ docker, files: comms('dockerd') })).toMatchObject({
      data: [{ version: '27.3.1', running: true }],
    });
    expect(containers({ docker, files: comms() })).toMatchObject({ data: [{ running: false }] });
    expect(containers({ docker })).toMatchObject({ data: [{ running: null }] });
  });

  it('tells an engine that is installed and stopped, which nobody asked', () => {
    expect(containers({ presence: '@docker\n@containerd', files: comms() })).toEqual({
      status: 'ok',
      data: [
        { engine: 'docker', version: null, running: false },
        { engine: 'containerd', version: null, running: false },
      ],
    });
  });

  it('knows the others by what they print', () => {
    const section = containers({
      containerd:
        'containerd github.com/containerd/containerd v1.7.22 7f7fdf5fed64eb6a7caf99b3e12efcf9d60e311c\n',
      podman: 'podman version 4.3.1\n',
      crio: 'crio version 1.30.4\nGitCommit: x\n',
      files: comms('containerd', 'crio'),
    });
    expect(section).toMatchObject({
      data: [
        { engine: 'containerd', version: '1.7.22', running: true },
        { engine: 'podman', version: '4.3.1', running: null },
        { engine: 'crio', version: '1.30.4', running: true },
      ],
    });
  });

  it('sees the containerd inside K3s though it has no command of its own', () => {
    expect(containers({ files: comms('k3s-server', 'containerd') })).toMatchObject({
      data: [{ engine: 'containerd', version: null, running: true }],
    });
    expect(containers({ files: comms() })).toMatchObject({ status: 'absent' });
  });
});

describe('Kubernetes', () => {
  const k3s = 'k3s version v1.31.4+k3s1 (a562d090)\ngo version go1.22.9\n';
  it.each([
    ['server', 'k3s-server', ''],
    ['agent', 'k3s-agent', ''],
  ])('tells a running K3s %s by its process', (role, comm, presence) => {
    expect(kubernetes({ k3s, presence: `@k3s\n${presence}`, files: comms(comm) })).toEqual({
      status: 'ok',
      data: { distribution: 'k3s', role, version: 'v1.31.4+k3s1', running: true },
    });
  });

  it('tells the role of a stopped one by its unit, and none where there is no unit', () => {
    const presence = '@k3s\n+/etc/systemd/system/k3s-agent.service';
    expect(kubernetes({ k3s, presence, files: comms() })).toMatchObject({
      data: { role: 'agent', running: false },
    });
    expect(kubernetes({ k3s, presence: '@k3s', files: comms() })).toMatchObject({
      data: { role: null },
    });
  });

  it('keeps the fact when the binary hangs', () => {
    expect(kubernetes({ k3s: { end: 'late', text: '' }, presence: '@k3s' })).toMatchObject({
      data: { distribution: 'k3s', version: null, running: null },
    });
  });

  it('knows a plain kubelet, and nothing', () => {
    expect(
      kubernetes({
        kubelet: 'Kubernetes v1.31.0\n',
        presence: '@kubelet',
        files: comms('kubelet'),
      }),
    ).toEqual({
      status: 'ok',
      data: { distribution: 'kubelet', role: 'node', version: 'v1.31.0', running: true },
    });
    expect(kubernetes({})).toMatchObject({ status: 'absent' });
  });

  it('knows those that run from where no PATH leads', () => {
    expect(kubernetes({ files: comms('kubelet') })).toMatchObject({
      data: { distribution: 'kubelet', version: null, running: true },
    });
    expect(kubernetes({ files: comms('k3s-agent') })).toMatchObject({
      data: { distribution: 'k3s', role: 'agent', running: true },
    });
  });
});
