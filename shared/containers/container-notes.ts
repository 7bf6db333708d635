import type { ContainerNote } from './container-page.ts';
import type { Inspected } from './inspected.ts';
import { openText, type PublishedPort } from './ports.ts';

/** Ways out of a container, and what is easily overlooked. */
export function containerNotes(page: Inspected, ports: readonly PublishedPort[]): ContainerNote[] {
  const { HostConfig, Mounts, Config, State, RestartCount } = page;
  const notes: ContainerNote[] = [];
  const warn = (text: string) => notes.push({ level: 'warn', text });
  const inform = (text: string) => notes.push({ level: 'info', text });
  if (State.OOMKilled)
    warn(
      HostConfig.Memory > 0
        ? 'It took more memory than its limit the last time, and was killed.'
        : 'It was killed for memory the last time, although it has no limit: the machine had none left.',
    );
  const open = openText(ports);
  if (open !== null) warn(open);
  if (HostConfig.Privileged)
    warn('It is privileged: what runs in it may do on the machine what root may.');
  const sockets = Mounts.filter(({ Source }) => /(docker|podman)\.sock$/.test(Source));
  if (sockets.length > 0)
    warn('It holds the socket of the engine: what runs in it may start anything on the machine.');
  if (Mounts.some(({ Type, Source }) => Type === 'bind' && Source === '/'))
    warn('It has the whole file system of the machine.');
  if (HostConfig.NetworkMode === 'host')
    warn('It uses the network of the machine: each port that it listens on is open there.');
  if (HostConfig.PidMode === 'host') warn('It sees all processes of the machine.');
  const strong = HostConfig.CapAdd.filter((each) =>
    /ALL|SYS_ADMIN|SYS_PTRACE|SYS_MODULE/.test(each),
  );
  if (strong.length > 0) warn(`It was given ${strong.join(', ')}.`);
  if (State.Running && ['', 'no'].includes(HostConfig.RestartPolicy.Name))
    inform('Nothing starts it again when it ends, or when the machine does.');
  if (RestartCount > 0)
    inform(
      `The engine started it again ${RestartCount} ${RestartCount === 1 ? 'time' : 'times'} so far.`,
    );
  if (/(^|\/)[^:@]+$|:latest$/.test(Config.Image) && !Config.Image.includes('@'))
    inform('Its image is named without a version: pulling it again may bring another one.');
  return notes;
}
