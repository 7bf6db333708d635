/** The parts of a name of an image: `ghcr.io/ggml-org/llama.cpp:server`. */
export interface ImageName {
  /** `docker.io/library/redis`. */
  readonly repository: string;
  readonly registry: string;
  readonly tag: string | null;
  /** `sha256:…` */
  readonly digest: string | null;
}

/** Null of what is no name, such as the id of an image. */
export function readImageName(name: string): ImageName | null {
  if (name === '' || name.length > 500 || /^(sha256:)?[0-9a-f]{64}$/.test(name)) return null;
  if (name.includes('<none>')) return null;
  const [rest = '', digest = null] = name.split('@');
  const slash = rest.lastIndexOf('/');
  const colon = rest.indexOf(':', slash + 1);
  const path = colon === -1 ? rest : rest.slice(0, colon);
  const tag = colon === -1 ? null : rest.slice(colon + 1);
  const [first = '', ...more] = path.split('/');
  const isHost = more.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const registry = isHost ? first : 'docker.io';
  const below = isHost ? more.join('/') : more.length === 0 ? `library/${first}` : path;
  if (!/^[a-z0-9]/.test(below)) return null;
  return { repository: `${registry}/${below}`, registry, tag, digest };
}

/** `3f1a2b4c5d6e`, as engines shorten ids. */
export function shortId(id: string): string {
  return id.replace(/^sha256:/, '').slice(0, 12);
}
