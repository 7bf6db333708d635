import type { ClusterRow } from '../cluster/row.ts';
import { said } from '../cluster/status.ts';
import { visibleText } from '../visible-text.ts';
import { containerNotes } from './container-notes.ts';
import type { ContainerPage } from './container-page.ts';
import { exitWords } from './container-state.ts';
import { hiddenVariable, shownVariable } from './environment.ts';
import type { Inspected } from './inspected.ts';
import { projectLabels } from './labels.ts';
import { type ListedPort, publishedPorts } from './ports.ts';

const mostVariables = 300;
const mostLabels = 300;
const mostRuns = 5;
const mostInspect = 200_000;

/** `raw`: as the engine gave it, for whoever wants to read that. */
export function readPage(page: Inspected, row: ClusterRow, raw: unknown): ContainerPage {
  const { State, Config, HostConfig, NetworkSettings } = page;
  const ports = publishedPorts(listedPorts(NetworkSettings.Ports));
  const published = new Set(ports.map(({ inside, protocol }) => `${inside}/${protocol}`));
  const { project, service, workingDir, configFiles } = projectLabels(Config.Labels);
  return {
    row,
    image: { name: visibleText(Config.Image), id: page.Image },
    createdAt: page.Created,
    startedAt: real(State.StartedAt),
    finishedAt: real(State.FinishedAt),
    ended: real(State.FinishedAt) === null ? null : exitWords(stateOf(page)),
    restarts: page.RestartCount,
    restartPolicy: restartText(HostConfig.RestartPolicy),
    command: visibleText([...Config.Entrypoint, ...Config.Cmd].map(word).join(' ')),
    workingDir: visibleText(Config.WorkingDir),
    user: visibleText(Config.User),
    hostName: visibleText(Config.Hostname),
    tty: Config.Tty,
    notes: containerNotes(page, ports),
    ports,
    inside: namesIn(Config.ExposedPorts).filter((port) => !published.has(port)),
    networkMode: visibleText(HostConfig.NetworkMode),
    networks: NetworkSettings.Networks.map(({ name, endpoint }) => ({
      name: visibleText(name),
      address: endpoint.IPAddress || endpoint.GlobalIPv6Address,
      mac: endpoint.MacAddress,
      aliases: endpoint.Aliases.map(visibleText),
    })),
    mounts: page.Mounts.map((mount) => ({
      kind: mount.Type,
      source: visibleText(mount.Type === 'volume' ? mount.Name : mount.Source),
      destination: visibleText(mount.Destination),
      readOnly: !mount.RW,
    })),
    environment: Config.Env.slice(0, mostVariables)
      .map((each) => shownVariable(visibleText(each)))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    labels: Object.entries(Config.Labels)
      .slice(0, mostLabels)
      .map(([name, value]) => ({ name: visibleText(name), value: visibleText(value) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    health: healthOf(page),
    limits: {
      memoryBytes: HostConfig.Memory || null,
      cpus: HostConfig.NanoCpus === 0 ? null : HostConfig.NanoCpus / 1e9,
      pids: HostConfig.PidsLimit > 0 ? HostConfig.PidsLimit : null,
    },
    gpus: gpuText(HostConfig),
    logDriver: HostConfig.LogConfig.Type,
    project:
      project === null
        ? null
        : { name: project, service, folder: workingDir, files: [...configFiles] },
    inspect: inspectText(raw),
  };
}

/** The engine writes the year 1 for never. */
function real(at: number | null): number | null {
  return at !== null && at > 0 ? at : null;
}

function stateOf({ State, RestartCount }: Inspected) {
  return {
    ...{ state: State.Status, exitCode: State.ExitCode, outOfMemory: State.OOMKilled },
    ...{ restarts: RestartCount, error: State.Error, since: null, health: null },
  };
}

function word(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function restartText({ Name, MaximumRetryCount }: { Name: string; MaximumRetryCount: number }) {
  switch (Name) {
    case 'always':
      return 'always, also after the engine starts';
    case 'unless-stopped':
      return 'always, unless somebody stopped it';
    case 'on-failure':
      return MaximumRetryCount > 0
        ? `when it fails, at most ${MaximumRetryCount} times`
        : 'when it fails';
    default:
      return 'never by itself';
  }
}

function healthOf({ State: { Health }, Config: { Healthcheck } }: Inspected) {
  if (Health.Status === '' || Health.Status === 'none') return null;
  const [kind, ...words] = Healthcheck.Test;
  return {
    state: Health.Status,
    failing: Health.FailingStreak,
    test: visibleText(kind === 'CMD-SHELL' ? words.join(' ') : words.map(word).join(' ')),
    runs: Health.Log.slice(-mostRuns)
      .reverse()
      .map(({ Start, ExitCode, Output }) => ({ at: Start, code: ExitCode, output: said(Output) })),
  };
}

function gpuText({ DeviceRequests, Devices }: Inspected['HostConfig']): string | null {
  const asked = DeviceRequests.filter(({ Driver, Capabilities, DeviceIDs }) =>
    [Driver, ...Capabilities.flat(), ...DeviceIDs].some((each) => /gpu|nvidia|cdi/i.test(each)),
  );
  const parts = asked.map(({ Count, DeviceIDs }) =>
    DeviceIDs.length > 0 ? DeviceIDs.join(', ') : Count < 0 ? 'all' : `${Count}`,
  );
  const devices = Devices.filter(({ PathOnHost }) => /^\/dev\/(dri|kfd|nvidia)/.test(PathOnHost));
  const all = [...parts, ...devices.map(({ PathOnHost }) => PathOnHost)];
  return all.length === 0 ? null : visibleText(all.join(', '));
}

function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).slice(0, 100).map(visibleText);
}

/** `{"80/tcp": [{"HostIp": "0.0.0.0", "HostPort": "8080"}]}` */
function listedPorts(value: unknown): ListedPort[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .slice(0, 500)
    .flatMap(([name, bindings]) => {
      const [, port, Type = 'tcp'] = /^(\d{1,5})\/([a-z]{1,10})$/.exec(name) ?? [];
      if (port === undefined || !Array.isArray(bindings)) return [];
      return bindings
        .slice(0, 20)
        .map((binding: { HostIp?: unknown; HostPort?: unknown } | null) => ({
          IP: typeof binding?.HostIp === 'string' ? binding.HostIp : '',
          PublicPort: Number(binding?.HostPort) || 0,
          PrivatePort: Number(port),
          Type,
        }));
    });
}

function inspectText(raw: unknown): string {
  const shown = JSON.stringify(
    raw,
    (key, value: unknown) =>
      key === 'Env' && Array.isArray(value)
        ? value.map((each) => (typeof each === 'string' ? hiddenVariable(each) : each))
        : value,
    2,
  );
  const text = visibleText(shown ?? '');
  return text.length > mostInspect ? `${text.slice(0, mostInspect)}\n…` : text;
}
