import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Authority, type Identity } from './certificates.ts';
import { kubeconfigText } from './kubeconfig.ts';

/** Names and addresses under which the API is asked: of the computer itself, and of a service in it. */
const ownHosts = [
  'localhost',
  '127.0.0.1',
  '::1',
  '10.43.0.1',
  'kubernetes',
  'kubernetes.default',
  'kubernetes.default.svc',
  'kubernetes.default.svc.cluster.local',
  'metrics-server.kube-system.svc',
];

const authorityName = 'rackhelm-test-ca';

export interface ClusterFiles {
  readonly directory: string;
  readonly server: string;
  readonly authority: Authority;
  readonly serviceAccountKey: string;
  readonly admin: Identity;
}

export interface FileOptions {
  readonly directory: string;
  readonly server: string;
  /** Where else the API is reached. */
  readonly hosts: readonly string[];
}

/** Lays down keys, certificates and kubeconfigs of a cluster's own parts. */
export function writeClusterFiles({ directory, server, hosts }: FileOptions): ClusterFiles {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const authority = new Authority(authorityName);
  const frontAuthority = new Authority('rackhelm-test-front-ca');
  const write = (name: string, text: string) =>
    writeFileSync(path.join(directory, name), text, { mode: 0o600 });
  const pair = (name: string, { certificate, key }: Identity) => {
    write(`${name}.crt`, certificate);
    write(`${name}.key`, key);
  };
  pair('ca', authority);
  pair('front-ca', frontAuthority);
  pair('server', authority.issue({ commonName: 'kube-apiserver', hosts: [...ownHosts, ...hosts] }));
  pair(
    'kubelet-client',
    authority.issue({ commonName: 'kube-apiserver', organizations: ['system:masters'] }),
  );
  pair('front', frontAuthority.issue({ commonName: 'front-proxy' }));
  pair('service-account', new Authority('service-accounts'));
  const part = (name: string, commonName: string, organizations: readonly string[] = []) => {
    const credentials = authority.issue({ commonName, organizations });
    write(
      `${name}.kubeconfig`,
      kubeconfigText({ server, authority: authority.certificate, credentials }),
    );
    return credentials;
  };
  part('kube-controller-manager', 'system:kube-controller-manager');
  part('kube-scheduler', 'system:kube-scheduler');
  part('kwok', 'kwok', ['system:masters']);
  part('metrics-server', 'metrics-server', ['system:masters']);
  pair('admin', part('admin', 'rackhelm-admin', ['system:masters']));
  write('server', server);
  return readClusterFiles(directory);
}

/** What `writeClusterFiles` laid down there. */
export function readClusterFiles(directory: string): ClusterFiles {
  const read = (name: string) => readFileSync(path.join(directory, name), 'utf8');
  const pair = (name: string) => ({ certificate: read(`${name}.crt`), key: read(`${name}.key`) });
  return {
    directory,
    server: read('server'),
    authority: new Authority(authorityName, pair('ca')),
    serviceAccountKey: path.join(directory, 'service-account.key'),
    admin: pair('admin'),
  };
}
