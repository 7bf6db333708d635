import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type censusOf,
  configMapCalled,
  declaredOf,
  declaredService,
  deviceCalled,
  drift,
  inShort,
  namespaceCalled,
  nodeCalled,
  podOf,
  policyCalled,
  serviceOf,
  workloadCalled,
} from './drift-fixture.ts';
import { matchNodes } from './match-nodes.ts';

const server = { labels: { 'node-role.kubernetes.io/control-plane': '' } };
const pi = deviceCalled('pi-1');

describe('nodes', () => {
  it('differ in nothing where both sides say the same', () => {
    expect(drift({ nodes: [nodeCalled('pi-1')] }, declaredOf([pi]))).toEqual([]);
  });

  it('are told where one side alone knows them, and where a role is another', () => {
    const lines = drift(
      { nodes: [nodeCalled('pi-1', server), nodeCalled('pi-9')] },
      declaredOf([pi, deviceCalled('pi-2')]),
    );
    expect(inShort(lines)).toEqual([
      'pi-1 role: worker -> control-plane',
      'pi-9 node-not-declared: none -> worker',
      'pi-2 member-not-seen: worker -> none',
    ]);
    expect(lines.map(({ action }) => action?.do)).toEqual([
      'set-member',
      'add-device',
      'delete-member',
    ]);
  });

  it('take a worker for storage as what it is: clusters have no word for it', () => {
    const declared = declaredOf([pi]);
    const members = declared.members.map((member) => ({ ...member, role: 'storage' }));
    expect(drift({ nodes: [nodeCalled('pi-1')] }, { ...declared, members })).toEqual([]);
  });

  it('are compared by hardware as facts are: names of architectures, memory that is reserved', () => {
    const same = deviceCalled('pi-1', { architecture: 'arm64' });
    const reserved = { status: { capacity: { cpu: '4', memory: '8135636Ki' } } };
    expect(drift({ nodes: [nodeCalled('pi-1', reserved)] }, declaredOf([same]))).toEqual([]);
    const other = deviceCalled('pi-1', { architecture: 'x86_64', cores: 8, memory: null, gpus: 1 });
    expect(inShort(drift({ nodes: [nodeCalled('pi-1')] }, declaredOf([other])))).toEqual([
      'pi-1 architecture: x86_64 -> arm64',
      'pi-1 cores: 8 -> 4',
      'pi-1 memory: none -> 8 GiB',
      'pi-1 gpus: 1 -> 0',
    ]);
  });

  it('compare labels of people alone, with tags of the device that stand for them', () => {
    const labels = { disk: 'ssd', 'beta.kubernetes.io/arch': 'arm64', 'k3s.io/hostname': 'x' };
    const withTags = (...tags: string[]) => declaredOf([deviceCalled('pi-1', { tags })]);
    const nodes = [nodeCalled('pi-1', { labels })];
    expect(drift({ nodes }, withTags('disk=ssd', 'attic'))).toEqual([]);
    const [line] = drift({ nodes }, withTags('disk=hdd', 'zone=a'));
    expect(line).toMatchObject({ inventory: 'disk=hdd, zone=a', cluster: 'disk=ssd' });
    expect(line?.action).toEqual({ do: 'set-tags', deviceId: 'device-pi-1', tags: ['disk=ssd'] });
  });

  it('tell a version once for the cluster, and of each node that is behind', () => {
    const declared = declaredOf([pi], { cluster: { id: 'c1', name: 'rack', version: 'v1.36.1' } });
    const [line, ...others] = drift({ nodes: [nodeCalled('pi-1', server)] }, declared);
    expect(line?.action).toEqual({ do: 'set-cluster', values: { version: 'v1.37.0+k3s1' } });
    expect(others.map(({ about }) => about)).toEqual(['role']);
    const short = declaredOf([pi], { cluster: { id: 'c1', name: 'rack', version: '1.37' } });
    expect(drift({ nodes: [nodeCalled('pi-1')] }, short)).toEqual([]);
  });

  it('are known again by the id of the system before the name, and doubted where two could be it', () => {
    const twins = [deviceCalled('a'), deviceCalled('b')];
    const match = (by: 'machine-id' | 'name') =>
      matchNodes([nodeCalled('a')], {
        members: [],
        candidates: new Map([
          [
            'a',
            [
              ...twins.map(({ id }) => ({ deviceId: id, by })),
              { deviceId: 'device-a', by: 'name' },
            ],
          ],
        ]),
      });
    // Copies of one disk: the name decides.
    expect(match('machine-id').byNode.get('a')?.deviceId).toBe('device-a');
    expect(match('name').doubtful.get('a')).toEqual(['device-a', 'device-b']);
  });

  it('are one device each, however evidence is spread', () => {
    const names = ['a', 'b', 'c', 'd'];
    const candidate = fc.record({
      deviceId: fc.constantFrom('1', '2', '3'),
      by: fc.constantFrom('machine-id', 'name', 'address'),
    } as const);
    fc.assert(
      fc.property(fc.array(fc.array(candidate, { maxLength: 4 }), { minLength: 4 }), (told) => {
        const { byNode } = matchNodes(
          names.map((name) => nodeCalled(name)),
          { members: [], candidates: new Map(names.map((name, at) => [name, told[at] ?? []])) },
        );
        const devices = [...byNode.values()].map(({ deviceId }) => deviceId);
        expect(new Set(devices).size).toBe(devices.length);
      }),
    );
  });
});

describe('workloads', () => {
  const nodes = [nodeCalled('pi-1')];

  it('are proposed with where they run, and those of the cluster itself are not', () => {
    const lines = drift(
      {
        nodes,
        workloads: [workloadCalled('web'), workloadCalled('coredns', { namespace: 'kube-system' })],
        pods: [podOf('web', 1, { node: 'pi-1' })],
      },
      declaredOf([pi]),
    );
    expect(lines.map(({ action }) => action)).toEqual([
      {
        do: 'add-service',
        workload: 'Deployment shop/web',
        places: ['device-pi-1'],
        nodes: [],
      },
    ]);
    expect(lines[0]?.evidence).toEqual(['1 pod on pi-1', 'in the namespace shop']);
  });

  it('are known by whole names, and by short ones that mean one alone', () => {
    const workloads = [workloadCalled('web'), workloadCalled('web', { namespace: 'test' })];
    const whole = declaredService('shop/web');
    const short = declaredService('web', { namespace: null });
    const subjects = (service: typeof whole) =>
      drift({ workloads }, declaredOf([], { services: [service] })).flatMap(({ about, subject }) =>
        about === 'workload-not-declared' ? subject : [],
      );
    expect(subjects(whole)).toEqual(['test/web']);
    expect(subjects(short)).toEqual(['shop/web', 'test/web']);
    expect(subjects(declaredService('web', { namespace: 'test' }))).toEqual(['shop/web']);
  });

  it('differ by replicas that are declared, by places, and where none is behind a service', () => {
    const services = [
      declaredService('shop/web', { replicas: 3, runsOn: ['device-pi-2'] }),
      declaredService('gone'),
    ];
    const census = {
      nodes,
      workloads: [workloadCalled('web', { replicas: 2 })],
      pods: [podOf('web', 1, { node: 'pi-1' })],
    };
    const two = declaredOf([pi, deviceCalled('pi-2')], { services, members: [] });
    const lines = drift(census, two).filter(({ group }) => group === 'workloads');
    expect(inShort(lines)).toEqual([
      'shop/web replicas: 3 -> 2',
      'shop/web places: pi-2 -> pi-1',
      'gone service-not-seen: shop -> none',
    ]);
  });

  it('say nothing of services where workloads could not be read', () => {
    const gaps = [{ what: 'deployments', why: 'not allowed' }];
    expect(drift({ gaps }, declaredOf([], { services: [declaredService('gone')] }))).toEqual([]);
  });

  it('stay dismissed until something else is seen', () => {
    const of = (dismissed: ReadonlySet<string>, replicas = 1) =>
      drift(
        { workloads: [workloadCalled('web', { replicas })] },
        declaredOf([], { dismissed, services: [declaredService('shop/web', { replicas: 9 })] }),
      );
    const [line] = of(new Set());
    const dismissed = new Set([line?.key ?? '']);
    expect(of(dismissed).map((one) => one.dismissed)).toEqual([true]);
    expect(of(dismissed, 2).map((one) => one.dismissed)).toEqual([false]);
  });
});

describe('dependencies', () => {
  const needs = (census: Parameters<typeof censusOf>[0]) =>
    drift(census, declaredOf([]))
      .filter(({ group }) => group === 'dependencies')
      .map(({ subject, cluster, evidence }) => `${subject} -> ${cluster}: ${evidence.join('; ')}`);
  const services = [serviceOf('db')];
  const db = workloadCalled('db', { kind: 'StatefulSet' });

  it('come from addresses in variables, and show no more of them than the host', () => {
    const env = [{ name: 'DATABASE_URL', value: 'postgres://web:geheim@db.shop.svc:5432/shop' }];
    const found = needs({ services, workloads: [workloadCalled('web', { env }), db] });
    expect(found).toEqual(['shop/web -> shop/db: DATABASE_URL names db.shop.svc']);
  });

  it('come from config maps, and from a bare name where the variable says that it is one', () => {
    const envFrom = [{ configMapRef: { name: 'settings' } }];
    const workloads = [
      workloadCalled('web', { envFrom }),
      workloadCalled('worker', { env: [{ name: 'DB_HOST', value: 'db' }] }),
      workloadCalled('other', { env: [{ name: 'MODE', value: 'db' }] }),
      db,
    ];
    const configMaps = [configMapCalled('settings', { 'app.conf': 'workers = 2\nhost = db\n' })];
    expect(needs({ services, workloads, configMaps })).toEqual([
      'shop/web -> shop/db: the config map settings (app.conf) names db',
      'shop/worker -> shop/db: DB_HOST names db',
    ]);
  });

  it('come from policies that name pods, also of another namespace, and not from open ones', () => {
    const pods = (app: string) => ({ podSelector: { matchLabels: { app } } });
    const policies = [
      policyCalled('in', {
        ...pods('db'),
        ingress: [{ from: [pods('web'), { podSelector: {} }] }],
      }),
      policyCalled('out', {
        ...pods('web'),
        egress: [{ to: [{ ...pods('mail'), namespaceSelector: { matchLabels: { team: 'x' } } }] }],
      }),
    ];
    const workloads = [workloadCalled('web'), db, workloadCalled('mail', { namespace: 'post' })];
    const namespaces = [namespaceCalled('shop'), namespaceCalled('post', { team: 'x' })];
    expect(needs({ workloads, policies, namespaces })).toEqual([
      'shop/web -> shop/db: the network policy in lets it through',
      'shop/web -> post/mail: the network policy out lets it through',
    ]);
  });

  it('are no news once they are declared', () => {
    const env = [{ name: 'DB_HOST', value: 'db' }];
    const declared = declaredOf([], {
      services: [
        declaredService('shop/web', { needs: ['service-shop/db'] }),
        declaredService('shop/db'),
      ],
    });
    expect(drift({ services, workloads: [workloadCalled('web', { env }), db] }, declared)).toEqual(
      [],
    );
  });
});
