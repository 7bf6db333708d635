import { describe, expect, it } from 'vitest';
import { createJoinWatch } from './join-watch.ts';
import { joinMessage } from './k3s-log.ts';

const agent = (text: string) => `time="2026-11-30T10:00:00Z" level=error msg="${text}"`;
const fatal = (text: string) =>
  `time="2026-11-30T10:00:00Z" level=fatal msg="starting kubernetes: preparing server: ${text}"`;

/** Lines as 1.21 printed them when they were provoked, and as newer ones have them in their source. */
const LINES: readonly (readonly [string, string, string])[] = [
  [
    'a wrong password, agent',
    agent('Failed to configure agent: failed to get /v1-k3s/config: 401 Unauthorized'),
    'token-refused',
  ],
  [
    'a wrong password, newer agent',
    'level=info msg="Waiting to retrieve agent configuration; server is not ready: failed to retrieve configuration from server: 401 Unauthorized"',
    'token-refused',
  ],
  [
    'not authorized, newer agent',
    'level=info msg="Waiting to retrieve agent configuration; server is not ready: /var/lib/rancher/k3s/agent/serving-kubelet.crt: not authorized"',
    'token-refused',
  ],
  [
    'a wrong password, server',
    fatal('https://10.0.0.1:6443/v1-k3s/server-bootstrap: 401 Unauthorized'),
    'token-refused',
  ],
  ['cut inside the hash', agent('invalid token format'), 'token-malformed'],
  ['a short hash', agent('invalid token CA hash length'), 'token-malformed'],
  [
    'another CA',
    agent('token CA hash does not match the Cluster CA certificate hash: aa != bb'),
    'other-cluster',
  ],
  [
    'a port that is missing, agent',
    agent(
      'failed to get CA certs: Get \\"https://127.0.0.1:6444/cacerts\\": read tcp 127.0.0.1:1->127.0.0.1:6444: read: connection reset by peer',
    ),
    'server-no-answer',
  ],
  [
    'a dead port, agent',
    agent('failed to get CA certs: Get \\"https://127.0.0.1:6444/cacerts\\": EOF'),
    'server-no-answer',
  ],
  [
    'a port that is missing, server',
    fatal('Get https://h/cacerts: dial tcp 10.0.0.1:443: connect: connection refused'),
    'server-refused',
  ],
  ['a dead host', fatal('dial tcp 10.0.0.9:6443: connect: no route to host'), 'server-unreachable'],
  [
    'an unknown name',
    fatal('dial tcp: lookup nope: Temporary failure in name resolution'),
    'server-not-found',
  ],
  [
    'http://',
    agent('only https:// URLs are supported, invalid scheme: http://h:6443'),
    'server-not-https',
  ],
  [
    'no token file',
    agent('Waiting for /etc/rancher/k3s/token to be available'),
    'token-file-missing',
  ],
  [
    'a name that is taken',
    agent(
      "Node password rejected, duplicate hostname or contents of '/etc/rancher/node/password' may not match server node-passwd entry",
    ),
    'name-taken',
  ],
  [
    'a name that is taken, newer',
    agent('unable to verify password for node pi-1: hash does not match'),
    'name-taken',
  ],
  [
    'two servers at once',
    fatal('etcdserver: too many learner members in cluster'),
    'another-joins',
  ],
  [
    'two servers at once, newer',
    'level=info msg="Waiting for other members to finish joining etcd cluster: etcdserver: too many learner members in cluster"',
    'another-joins',
  ],
  ['a dead member', fatal('etcdserver: unhealthy cluster'), 'dead-member'],
  [
    'other settings',
    fatal('critical configuration value mismatch between servers: ClusterIPRanges'),
    'settings-differ',
  ],
  [
    'another range of services',
    agent('the provided IP (10.43.0.1) is not within the service CIDR 10.53.0.0/16'),
    'range-differs',
  ],
  [
    'no majority',
    agent('Failed to test data store connection: context deadline exceeded'),
    'no-quorum',
  ],
  [
    'a database of another token',
    'panic: bootstrap data already found and encrypted with different token',
    'datastore-token',
  ],
  [
    'a clock that is wrong',
    agent(
      'x509: certificate has expired or is not yet valid: current time 1970-01-01T00:00:12Z is before 2026-11-30T09:00:00Z',
    ),
    'clock-differs',
  ],
  ['no memory cgroup', fatal('failed to find memory cgroup (v2)'), 'no-memory-cgroup'],
];

describe('what K3s says while a node joins', () => {
  it.each(LINES)('tells %s by what it is', (_, line, trouble) => {
    expect(joinMessage(line)?.trouble).toBe(trouble);
  });

  it.each([
    'level=info msg="Starting k3s agent v1.37.2+k3s1"',
    'http: TLS handshake error from 10.0.0.2:4411: remote error: tls: bad certificate',
    'level=info msg="Connecting to proxy" url="wss://10.0.0.1:6443/v1-k3s/connect"',
    '',
  ])('says nothing about a normal line: %s', (line) => {
    expect(joinMessage(line)).toBeNull();
  });

  it.each([
    'W1130 21:39:54.001444    2532 logging.go:55] [core] grpc: addrConn.createTransport failed to connect to {Addr: "127.0.0.1:2379"}. Err: "transport: Error while dialing: dial tcp 127.0.0.1:2379: connect: connection refused"',
    'E1130 20:44:28.063217    1040 reflector.go:166] "Unhandled Error" err="failed to list *v1.Node: Get https://127.0.0.1:6444/api/v1/nodes: dial tcp 127.0.0.1:6444: connect: connection refused"',
    'E1130 20:44:28.063217    1040 log.go:32] "PullImage from image service failed" err="dial tcp: lookup registry-1.docker.io: no such host"',
    'E1130 20:44:28.063217    1040 kubelet_node_status.go:95] "Unable to register node" err="Unauthorized: 401 Unauthorized"',
    '{"level":"warn","ts":"2026-11-30T20:48:38.118625Z","caller":"rafthttp/probing_status.go:68","msg":"prober detected unhealthy status","error":"dial tcp 10.0.0.2:2380: connect: connection refused"}',
  ])('does not take for its reason what a part of Kubernetes within it says: %s', (line) => {
    expect(joinMessage(line)).toBeNull();
  });

  it('takes what such a part says of the machine itself', () => {
    const taken =
      'E1130 20:44:28.0632 1 run.go:72] "command failed" err="listen tcp 0.0.0.0:10250: bind: address already in use"';
    expect(joinMessage(taken)?.trouble).toBe('port-taken');
  });

  it('knows that a server gives up where an agent goes on trying', () => {
    expect(joinMessage(fatal('401 Unauthorized'))?.course).toBe('ends');
    expect(joinMessage(agent('401 Unauthorized'))?.course).toBe('retries');
  });

  it('looks at a huge line in no time and only at its beginning', () => {
    expect(joinMessage(`${'a'.repeat(5_000_000)} 401 Unauthorized`)).toBeNull();
  });
});

describe('the watch over a join', () => {
  const refused = agent('Failed to configure agent: /v1-k3s/config: 401 Unauthorized');

  it('takes a trouble for lasting once it is told again', () => {
    const watch = createJoinWatch();
    expect(watch.next(refused)).toMatchObject({ times: 1, stuck: false });
    expect(watch.next('level=info msg="anything else"').stuck).toBe(false);
    expect(watch.next(refused)).toMatchObject({ times: 2, stuck: true, line: refused });
  });

  it('takes what ended the process for the reason at once, and keeps it', () => {
    const watch = createJoinWatch();
    expect(watch.next(fatal('etcdserver: unhealthy cluster')).stuck).toBe(true);
    watch.next(agent('dial tcp 10.0.0.1:6443: connect: connection refused'));
    expect(watch.standing.message?.trouble).toBe('dead-member');
  });

  it('gives a server that still starts more time than a wrong token', () => {
    const watch = createJoinWatch();
    const starting = agent('dial tcp 10.0.0.1:6443: connect: connection refused');
    for (let times = 1; times < 15; times += 1) expect(watch.next(starting).stuck).toBe(false);
    expect(watch.next(starting).stuck).toBe(true);
  });

  it('does not take a learner that catches up for a trouble', () => {
    const watch = createJoinWatch();
    for (let times = 0; times < 50; times += 1)
      watch.next(agent('this server has not yet been promoted from learner to voting member'));
    expect(watch.standing.message).toBeNull();
  });
});
