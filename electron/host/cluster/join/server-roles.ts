/** Roles of members, as the inventory calls them, whose machines run a K3s server. */
export function isServerRole(role: string): boolean {
  return role === 'control-plane' || role === 'etcd';
}
