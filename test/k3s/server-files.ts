import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { Authority, type CertificateOptions } from '../cluster/certificates.ts';
import { kubeconfigText } from '../cluster/kubeconfig.ts';
import {
  closedDirectory,
  filesBelow,
  link,
  read,
  readIfThere,
  readPair,
  write,
  writePair,
} from './files.ts';
import {
  kubeconfigFile,
  localPort,
  serverDirectory,
  supervisorPort,
  tlsDirectory,
} from './places.ts';
import { fullToken } from './token.ts';

const authorities = {
  server: 'server-ca',
  client: 'client-ca',
  front: 'request-header-ca',
  etcdServer: 'etcd/server-ca',
  etcdPeer: 'etcd/peer-ca',
} as const;
export type AuthorityName = keyof typeof authorities;

export interface ServerFiles {
  readonly authority: (name: AuthorityName) => Authority;
  /** Passwords: of servers, and of agents. */
  readonly passwords: { readonly server: string; readonly node: string };
  readonly nodeName: string;
  readonly addresses: readonly string[];
}

const passwordFile = `${serverDirectory}/cred/passwd`;
export const tokenFile = `${serverDirectory}/token`;

/** What a joining server takes over from one that runs. */
export function bootstrapData(): Readonly<Record<string, string>> {
  const kept =
    /^(server-ca|client-ca|request-header-ca|service|etcd\/(server|peer)-ca)\.(crt|key)$/;
  return filesBelow(tlsDirectory, kept);
}

export function takeBootstrapData(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files))
    write(`${tlsDirectory}/${name}`, text, name.endsWith('.key') ? 0o600 : 0o644);
}

export interface FileWishes {
  readonly nodeName: string;
  readonly addresses: readonly string[];
  readonly tlsNames: readonly string[];
  readonly serverPassword: string | null;
  readonly nodePassword: string | null;
  /** As config.yaml has it. */
  readonly serviceAddress: string;
}

/** Makes what is not there yet: authorities, passwords; certificates anew at each start. */
export function writeServerFiles(wishes: FileWishes): ServerFiles {
  closedDirectory(`${serverDirectory}/db`);
  closedDirectory(tlsDirectory);
  closedDirectory(`${serverDirectory}/cred`);
  const made = new Map<AuthorityName, Authority>();
  for (const [name, file] of Object.entries(authorities) as [AuthorityName, string][])
    made.set(name, madeAuthority(file));
  const authority = (name: AuthorityName) => {
    const found = made.get(name);
    if (!found) throw new Error(`There is no authority ${name}.`);
    return found;
  };
  if (!existsSync(`${tlsDirectory}/service.key`))
    writePair(`${tlsDirectory}/service`, new Authority('k3s-service-account'));
  const passwords = writePasswords(wishes, authority('server').certificate);
  const files = { authority, passwords, nodeName: wishes.nodeName, addresses: wishes.addresses };
  writeCertificates(files, wishes);
  return files;
}

function madeAuthority(file: string): Authority {
  const place = `${tlsDirectory}/${file}`;
  const name = `k3s-${file.replace('/', '-')}`;
  if (existsSync(`${place}.crt`)) return new Authority(name, readPair(place));
  const authority = new Authority(name);
  writePair(place, authority);
  return authority;
}

function writePasswords(wishes: FileWishes, certificate: string) {
  const kept = readPasswords();
  const server = wishes.serverPassword ?? kept?.server ?? randomBytes(16).toString('hex');
  const node = wishes.nodePassword ?? (wishes.serverPassword ? server : (kept?.node ?? server));
  storePasswords({ server, node }, certificate);
  return { server, node };
}

function storePasswords({ server, node }: ServerFiles['passwords'], certificate: string): void {
  write(passwordFile, `${node},node,node,k3s:agent\n${server},server,server,k3s:server\n`);
  write(tokenFile, `${fullToken(certificate, `server:${server}`)}\n`);
  link(`${serverDirectory}/node-token`, tokenFile);
  if (node === server) link(`${serverDirectory}/agent-token`, tokenFile);
  else write(`${serverDirectory}/agent-token`, `${fullToken(certificate, `node:${node}`)}\n`);
}

export function readPasswords(): ServerFiles['passwords'] | null {
  const text = readIfThere(passwordFile);
  if (text === null) return null;
  const rows = text.split('\n').map((line) => line.split(','));
  const of = (user: string) => rows.find(([, name]) => name === user)?.[0] ?? '';
  return { server: of('server'), node: of('node') };
}

function ownNames({
  nodeName,
  addresses,
  tlsNames,
  serviceAddress,
}: FileWishes): readonly string[] {
  const service = ['kubernetes', 'kubernetes.default', 'kubernetes.default.svc'];
  return [
    ...new Set([
      ...[nodeName, hostname(), 'localhost', '127.0.0.1', '::1', serviceAddress],
      ...[...service, 'kubernetes.default.svc.cluster.local', ...addresses, ...tlsNames],
    ]),
  ];
}

function writeCertificates({ authority }: ServerFiles, wishes: FileWishes): void {
  const masters = ['system:masters'];
  const issue = (by: AuthorityName, file: string, options: CertificateOptions) => {
    const identity = authority(by).issue(options);
    writePair(`${tlsDirectory}/${file}`, identity);
    return identity;
  };
  const hosts = ownNames(wishes);
  issue('server', 'serving-kube-apiserver', { commonName: 'kube-apiserver', hosts });
  issue('client', 'client-kube-apiserver', {
    commonName: 'system:apiserver',
    organizations: masters,
  });
  issue('front', 'client-auth-proxy', { commonName: 'system:auth-proxy' });
  issue('etcdServer', 'etcd/client', { commonName: 'etcd-client' });
  issue('etcdServer', 'etcd/server-client', { commonName: 'etcd-server', hosts });
  issue('etcdPeer', 'etcd/peer-server-client', { commonName: 'etcd-peer', hosts });
  const clients: readonly (readonly [string, string, readonly string[]])[] = [
    ['admin', 'system:admin', masters],
    ['controller', 'system:kube-controller-manager', []],
    ['scheduler', 'system:kube-scheduler', []],
    ['supervisor', 'system:k3s-supervisor', masters],
    ['k3s-controller', 'system:k3s-controller', []],
  ];
  for (const [name, commonName, organizations] of clients) {
    const credentials = issue('client', `client-${name}`, { commonName, organizations });
    const text = kubeconfigText({
      server: `https://127.0.0.1:${localPort}`,
      authority: authority('server').certificate,
      credentials,
      user: 'user',
    });
    write(`${serverDirectory}/cred/${name}.kubeconfig`, text);
  }
}

/** For whoever works on the server itself. */
export function writeKubeconfig({ authority }: ServerFiles): void {
  const text = kubeconfigText({
    server: `https://127.0.0.1:${supervisorPort}`,
    authority: authority('server').certificate,
    credentials: readPair(`${tlsDirectory}/client-admin`),
    user: 'default',
  });
  write(kubeconfigFile, text);
}

export function readToken(): string | null {
  return existsSync(tokenFile) ? read(tokenFile).trim() : null;
}

/** For whoever asks from now on; config.yaml still names the old one. */
export function replacePassword(server: string): void {
  const kept = readPasswords();
  const node = kept && kept.node !== kept.server ? kept.node : server;
  storePasswords({ server, node }, read(`${tlsDirectory}/server-ca.crt`));
}
