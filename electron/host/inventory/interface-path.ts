/**
 * Paths of the comparison, which are the keys of observations, too: `interface/eth0`,
 * `interface/eth0/mac`, `interface/eth0/address/10.0.0.2/24`. A name is what a machine says it is, so
 * its slashes are written `%2F`: no interface can pass for the part of another one.
 */
export function interfacePath(name: string): string {
  return `interface/${name.replaceAll('%', '%25').replaceAll('/', '%2F')}`;
}

export interface InterfacePath {
  readonly name: string;
  /** `''`: the interface itself; else `mac`, `mtu`, `vlan`, `parent` or `address`. */
  readonly part: string;
  /** Of `address`. */
  readonly rest: string;
}

/** Undefined for any other path. */
export function readInterfacePath(path: string): InterfacePath | undefined {
  const match = /^interface\/([^/]*)(?:\/([^/]+)(?:\/(.+))?)?$/.exec(path);
  if (match === null) return undefined;
  const [, name = '', part = '', rest = ''] = match;
  return { name: name.replaceAll('%2F', '/').replaceAll('%25', '%'), part, rest };
}
