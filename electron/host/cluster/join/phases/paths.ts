import type { K3sRole } from '../../../../../shared/cluster/k3s-settings.ts';

/** Where K3s looks for things and leaves them; its own defaults, which other tools rely on as well. */
export const binaryPath = '/usr/local/bin/k3s';
export const configPath = '/etc/rancher/k3s/config.yaml';
/** A file of root's own that config.yaml names, so that no list of processes shows the token. */
export const tokenPath = '/etc/rancher/k3s/token';
export const imagesFolder = '/var/lib/rancher/k3s/agent/images';

/** As the official installation calls it, so that whoever comes later finds it. */
export function serviceOf(role: K3sRole): 'k3s' | 'k3s-agent' {
  return role === 'agent' ? 'k3s-agent' : 'k3s';
}
