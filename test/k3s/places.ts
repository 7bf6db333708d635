/** Where K3s has its files; other tools rely on these paths, so the stand-in has them too. */
export const dataDirectory = '/var/lib/rancher/k3s';
export const serverDirectory = `${dataDirectory}/server`;
export const agentDirectory = `${dataDirectory}/agent`;
export const tlsDirectory = `${serverDirectory}/tls`;
export const configFile = '/etc/rancher/k3s/config.yaml';
export const kubeconfigFile = '/etc/rancher/k3s/k3s.yaml';
export const nodePasswordFile = '/etc/rancher/node/password';
export const snapshotDirectory = `${serverDirectory}/db/snapshots`;
export const containerdSocket = '/run/k3s/containerd/containerd.sock';

/** What the node of a rack has in place of what K3s carries within itself. */
export const programs = {
  kubernetes: '/opt/kubernetes/kubernetes',
  kubelet: '/opt/kubernetes/kubelet',
  kine: '/opt/kubernetes/kine',
} as const;

/** The supervisor and, behind it, the API. */
export const supervisorPort = 6443;
/** Of the API on a server; on an agent its way to the servers. */
export const localPort = 6444;
