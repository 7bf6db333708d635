import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import { runProgram } from './command.ts';
import { wholePrefixOf } from './networks.ts';
import { rackMark } from './node-process.ts';
import { processesWithEnvironment } from './process-table.ts';
import { RackState, slotLinks } from './state.ts';

/**
 * Everything on this computer that bears the mark of a rack, found without its journal: what must be
 * there while it runs and must not be there when it is down.
 */
export async function tracesOf(name: string, slot: number | null): Promise<readonly string[]> {
  const state = new RackState(name);
  const namespaces = existsSync('/run/netns')
    ? readdirSync('/run/netns').filter((one) => one.includes(state.id))
    : [];
  const pids = await Promise.all(
    namespaces.map(async (one) => (await runProgram('ip', ['netns', 'pids', one])).stdout),
  );
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .filter((line) => line.includes(state.id) || line.includes(`${state.directory}/`));
  const links = readdirSync('/sys/class/net').filter((link) => link.includes(state.id));
  const processes = [...processesWithEnvironment(rackMark(state)), ...pids.join('').split('\n')];
  const loops = (await runProgram('losetup', ['--list', '--noheadings', '-O', 'BACK-FILE'])).stdout
    .split('\n')
    .filter((file) => file.includes(`${state.directory}/`));
  const groups = globSync(`/sys/fs/cgroup/{,*/}*${state.id}*`);
  const files = readdirSync(os.tmpdir())
    .filter((file) => file === `rackhelm-rack-${name}`)
    .map((file) => `file ${file}`);
  const marked = (kind: string, list: readonly (string | number)[]) =>
    list.filter((one) => one !== '').map((one) => `${kind} ${one}`);
  return [
    ...marked('namespace', namespaces),
    ...marked('mount', mounts),
    ...marked('link', links),
    ...marked('process', processes),
    ...marked('loop device', loops),
    ...marked('cgroup', groups),
    ...marked('slot', slotLinks(name)),
    ...files,
    ...(slot === null ? [] : marked('route', await routesOfSlot(slot))),
  ];
}

/** Routes of this computer to addresses of that slot. */
export async function routesOfSlot(slot: number): Promise<readonly string[]> {
  const { ipv4, ipv6 } = wholePrefixOf(slot);
  const routes = await Promise.all([
    runProgram('ip', ['-4', 'route', 'show', 'root', ipv4]),
    runProgram('ip', ['-6', 'route', 'show', 'root', ipv6]),
  ]);
  return routes.flatMap(({ stdout }) => stdout.split('\n').filter(Boolean));
}
