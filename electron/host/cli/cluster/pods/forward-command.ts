import type { PortForward } from '../../../../../shared/cluster/pods/port-forward.ts';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import type { Installation } from '../../../installation.ts';
import { print, printJson, tell } from '../../terminal/output.ts';
import { objectNamed, type PodOptions, withPods } from './pods-session.ts';

/** `rackhelm cluster port-forward [KIND/]NAME [LOCAL:]PORT…`, until Ctrl-C. */
export function forwardPorts(
  installation: Installation,
  asked: { readonly named: string; readonly ports: readonly string[] },
  options: PodOptions,
): Promise<void> {
  const of = objectNamed(asked.named, options);
  const ports = asked.ports.map(portsOf);
  return withPods(installation, options, async ({ pods, contextId, signal }) => {
    const { forwards } = pods;
    for (const each of ports)
      tellOpen(await forwards.add({ contextId, ...of, ...each }, signal), options);
    if (!options.json) tell('Ctrl-C ends it.\n');
    const told = new Map<string, number>();
    for await (const { forwards: all } of forwards.follow(signal)) {
      for (const { id, localPort, trouble } of all) {
        if (trouble === null || told.get(id) === trouble.at) continue;
        told.set(id, trouble.at);
        tell(`127.0.0.1:${localPort}: ${trouble.text}\n`);
      }
    }
  });
}

function tellOpen(forward: PortForward, { json }: PodOptions): void {
  const { localPort, name, port } = forward;
  if (json) printJson(forward);
  else print(`127.0.0.1:${localPort} leads to port ${port} of ${name}\n`);
}

/** `8080:80`, `:80` (any that is free) or `80` (the same here). */
function portsOf(text: string): { readonly port: number; readonly localPort: number | null } {
  const [, local, remote] = /^(?:(\d{0,5}):)?(\d{1,5})$/.exec(text) ?? [];
  const port = Number(remote);
  const localPort = local === undefined ? port : local === '' ? null : Number(local);
  const isPort = (number: number) => number >= 1 && number <= 65_535;
  if (isPort(port) && (localPort === null || isPort(localPort))) return { port, localPort };
  throw new RackhelmError('INVALID_INPUT', `${text} names no port.`, {
    hint: 'Write PORT, LOCAL:PORT, or :PORT for any local port that is free.',
  });
}
