import { parseClusterVersion } from '../../../../shared/cluster/version.ts';
import type { LookContext } from '../../engine/jobs/index.ts';
import { linesOf, look } from '../../engine/phases/index.ts';
import { binaryPath } from '../join/phases/paths.ts';
import type { ServiceParams } from './node-params.ts';

/** How K3s stands on a machine. */
export interface SeenK3s {
  /** Null: no service of K3s is there. */
  readonly service: ServiceParams['service'] | null;
  readonly init: ServiceParams['init'];
  /** Of the binary that lies there; null: none, or it does not say. */
  readonly version: string | null;
  /** `etcd`, `sqlite`; null of an agent, or where its data lies in a database elsewhere. */
  readonly datastore: 'etcd' | 'sqlite' | null;
  /** Whether its service runs the binary at its usual place, where another version is put. */
  readonly usualBinary: boolean;
  /** Where K3s keeps its data, if not at its usual place. */
  readonly otherData: string | null;
}

const usualData = '/var/lib/rancher/k3s';
const units = (service: string) =>
  `/etc/systemd/system/${service}.service /usr/lib/systemd/system/${service}.service /lib/systemd/system/${service}.service /etc/init.d/${service}`;
const settings = '/etc/rancher/k3s/config.yaml /etc/rancher/k3s/config.yaml.d/*.yaml';

/** One round trip. Throws STEP_UNCERTAIN, SSH_*, SUDO_*. */
export async function seeK3s(context: LookContext): Promise<SeenK3s> {
  const { parts } = await look(
    context,
    {
      systemd: '[ -d /run/systemd/system ]',
      server: `ls ${units('k3s')} 2>/dev/null; true`,
      agent: `ls ${units('k3s-agent')} 2>/dev/null; true`,
      version: 'k3s --version 2>/dev/null | head -n 1; true',
      binary: `grep -lF ${binaryPath} ${units('k3s')} ${units('k3s-agent')} 2>/dev/null; true`,
      etcd: `[ -d ${usualData}/server/db/etcd ]`,
      sqlite: `[ -f ${usualData}/server/db/state.db ]`,
      data: `cat ${units('k3s')} ${units('k3s-agent')} ${settings} 2>/dev/null | grep -oE 'data-dir["'"'"']?[:= ]+["'"'"']?/[^"'"'"' ]+' | grep -oE '/[^ ]+$' | head -n 1; true`,
    },
    { named: 'K3s', root: true },
  );
  const isThere = (part: { readonly exitCode: number }) => part.exitCode === 0;
  const word = /\bv\d+\.\d+\.\d+[^\s]*/.exec(parts.version.text)?.[0] ?? '';
  const [data = usualData] = linesOf(parts.data).map((line) => line.trim().replace(/\/$/, ''));
  const server = linesOf(parts.server);
  const files = server.length > 0 ? server : linesOf(parts.agent);
  return {
    service: server.length > 0 ? 'k3s' : files.length > 0 ? 'k3s-agent' : null,
    init: initOf(files, isThere(parts.systemd)),
    version: parseClusterVersion(word)?.text ?? null,
    usualBinary: linesOf(parts.binary).length > 0,
    datastore: isThere(parts.etcd) ? 'etcd' : isThere(parts.sqlite) ? 'sqlite' : null,
    otherData: data === usualData ? null : data.slice(0, 200),
  };
}

/** What starts it is told by its file, and not by which of both is installed. */
function initOf(files: readonly string[], hasSystemd: boolean): ServiceParams['init'] {
  const scripts = files.filter((path) => path.startsWith('/etc/init.d/'));
  if (scripts.length === 0) return 'systemd';
  return scripts.length < files.length && hasSystemd ? 'systemd' : 'openrc';
}
