import { type SharedSettings, sharedSettings, sharedSwitches } from '../k3s-settings.ts';

/** Settings of a server as K3s takes them: by name, each with all that was given for it. */
export type GivenFlags = ReadonlyMap<string, readonly string[]>;

/** Flags whose value may be a secret: that they are there is told, what they say is never kept. */
const SECRET =
  /^(token|agent-token|datastore-(endpoint|keyfile)|etcd-s3-(access-key|secret-key|session-token)|vpn-auth)$/;

/** `--flannel-backend=host-gw`, `--disable traefik`, `-t`, as one word after another. */
export function flagsOfWords(words: readonly string[]): GivenFlags {
  const flags = new Map<string, string[]>();
  let open: string | null = null;
  for (const word of words) {
    const [, name, value] = /^--?([A-Za-z][A-Za-z0-9-]*)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === undefined) {
      if (open !== null) add(flags, open, word);
      open = null;
      continue;
    }
    if (open !== null) add(flags, open, 'true');
    open = value === undefined ? name : null;
    if (value !== undefined) add(flags, name, value);
  }
  if (open !== null) add(flags, open, 'true');
  return flags;
}

/** Of a config.yaml, parsed; `key+` adds to what an earlier file said. */
export function flagsOfConfig(config: unknown, before: GivenFlags = new Map()): GivenFlags {
  const flags = new Map([...before].map(([name, values]) => [name, [...values]]));
  if (typeof config !== 'object' || config === null || Array.isArray(config)) return flags;
  for (const [key, value] of Object.entries(config)) {
    const name = key.replace(/\+$/, '');
    if (!key.endsWith('+')) flags.delete(name);
    for (const one of Array.isArray(value) ? value : [value]) add(flags, name, String(one));
  }
  return flags;
}

/** The command line wins over the file, flag by flag. */
export function withWords(flags: GivenFlags, words: GivenFlags): GivenFlags {
  return new Map([...flags, ...words]);
}

function add(flags: Map<string, string[]>, name: string, value: string): void {
  const kept = SECRET.test(name) ? '' : value;
  flags.set(name, [...(flags.get(name) ?? []), kept]);
}

/** As K3s writes them at its nodes (`k3s.io/node-args`): a list in JSON. Null: it is none. */
export function wordsOfNote(note: string | undefined): string[] | null {
  if (note === undefined || note.length > 100_000) return null;
  try {
    const parsed: unknown = JSON.parse(note);
    if (!Array.isArray(parsed)) return null;
    return parsed.filter((word) => typeof word === 'string');
  } catch {
    return null;
  }
}

const texts = (flags: GivenFlags, name: string) =>
  (flags.get(name) ?? []).flatMap((value) => value.split(',')).map((one) => one.trim());
const isOn = (flags: GivenFlags, name: string) => flags.get(name)?.at(-1) === 'true';
const last = (flags: GivenFlags, name: string) => flags.get(name)?.at(-1) ?? null;

/** What all servers have to have alike. Throws ZodError where one of it is none that K3s would take. */
export function sharedOfFlags(flags: GivenFlags): SharedSettings {
  const backend = last(flags, 'flannel-backend');
  return sharedSettings.parse({
    clusterCidr: texts(flags, 'cluster-cidr'),
    serviceCidr: texts(flags, 'service-cidr'),
    clusterDns: texts(flags, 'cluster-dns'),
    clusterDomain: last(flags, 'cluster-domain'),
    disable: [...texts(flags, 'disable'), ...texts(flags, 'no-deploy')].filter(Boolean),
    flannelBackend: backend,
    secretsEncryption: isOn(flags, 'secrets-encryption'),
    embeddedRegistry: isOn(flags, 'embedded-registry'),
    egressSelectorMode: last(flags, 'egress-selector-mode'),
    switches: sharedSwitches.filter((name) => isOn(flags, name)),
  });
}

/** Of servers alone, and the same on all of them where they are set; Rackhelm sets none of these. */
const ALIKE =
  /^(agent-token|agent-token-file|datastore-(endpoint|cafile|certfile|keyfile)|service-node-port-range|kube-(apiserver|controller-manager|scheduler|cloud-controller-manager)-arg|secrets-encryption-provider|etcd-s3.*|etcd-snapshot.*|system-default-registry|tls-san-security|supervisor-metrics|helm-job-image|default-local-storage-path)$/;

export function otherFlagsOf(flags: GivenFlags): string[] {
  return [...flags.keys()].filter((name) => ALIKE.test(name)).sort();
}

/** Where its data lies, as far as flags tell. */
export function storeOf(flags: GivenFlags): 'etcd' | 'external' | 'unknown' {
  if (flags.has('datastore-endpoint')) return 'external';
  return isOn(flags, 'cluster-init') || flags.has('server') ? 'etcd' : 'unknown';
}
