import { existsSync, globSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { mustRun, runProgram } from './command.ts';
import { imageName } from './looks/nas.ts';
import { rackMark } from './node-process.ts';
import { isAlive, markProcess, processesWithEnvironment, signalProcess } from './process-table.ts';
import { RackError } from './rack-error.ts';
import { type JournalEntry, RackState, releaseSlots } from './state.ts';

/**
 * Takes away everything that the journal says was made or was about to be made. Each removal is
 * content with the thing being gone already, so a second run, or one after a crash, is fine.
 */
export async function downRack(name: string): Promise<void> {
  const state = new RackState(name);
  if (!state.exists()) {
    releaseSlots(name);
    return;
  }
  const starter = state.starter();
  if (starter && starter.pid !== process.pid && isAlive(starter)) {
    throw new RackError(`Process ${starter.pid} is starting the rack ${name}; wait for it.`);
  }
  await killEverything(state);
  await freeLoopDevices(state);
  for (const entry of state.journal()) await takeAway(entry);
  releaseSlots(name);
  state.remove();
}

async function processesOf(state: RackState): Promise<readonly number[]> {
  const namespaces = state.journal().filter((entry) => entry.kind === 'network-namespace');
  const lists = await Promise.all(
    namespaces.map(({ name }) => runProgram('ip', ['netns', 'pids', name])),
  );
  const inNamespaces = lists.flatMap(({ stdout }) =>
    stdout.split('\n').filter(Boolean).map(Number),
  );
  return [...new Set([...inNamespaces, ...processesWithEnvironment(rackMark(state))])].filter(
    (pid) => pid !== process.pid,
  );
}

async function killEverything(state: RackState): Promise<void> {
  const giveUpAt = Date.now() + 10_000;
  for (;;) {
    const marks = (await processesOf(state)).map(markProcess).filter((mark) => mark !== null);
    const living = marks.filter(isAlive);
    if (living.length === 0) return;
    for (const { pid } of living) signalProcess(pid, 'SIGKILL');
    if (Date.now() > giveUpAt) {
      throw new RackError(`These processes do not end: ${living.map(({ pid }) => pid).join(' ')}.`);
    }
    await sleep(20);
  }
}

/** The kernel lets go of them with the last mount, a moment after it; one never mounted stays. */
async function freeLoopDevices(state: RackState): Promise<void> {
  for (const image of globSync(state.path('nodes/*/disk', imageName))) {
    for (let attempt = 0; ; attempt++) {
      const args = ['--associated', image, '--noheadings', '-O', 'NAME'];
      const devices = (await mustRun('losetup', args)).split('\n').filter(Boolean);
      if (devices.length === 0) break;
      if (attempt === 100) throw new RackError(`${devices.join(' ')} cannot be detached.`);
      // It may be gone by now, which the next look tells.
      for (const device of devices) await runProgram('losetup', ['--detach', device.trim()]);
      await sleep(20);
    }
  }
}

async function takeAway(entry: JournalEntry): Promise<void> {
  switch (entry.kind) {
    case 'network-namespace':
      if (existsSync(`/run/netns/${entry.name}`)) await mustRun('ip', ['netns', 'del', entry.name]);
      return;
    case 'namespace-directory':
      return removeNamespaceDirectory();
    case 'link':
      if (existsSync(`/sys/class/net/${entry.name}`)) {
        // It may vanish by itself this very moment, with the namespace of its other end.
        await runProgram('ip', ['link', 'del', entry.name]);
      }
      return;
    case 'route':
      // Not there after a crash in between; nobody else makes one of this kind for this range.
      await runProgram('ip', ['route', 'del', 'unreachable', entry.prefix]);
      return;
    case 'mount':
      return unmountBelow(entry.path);
    case 'cgroup':
      return removeCgroup(entry.path);
  }
}

/** `ip netns` makes and mounts this directory at first use; another rack may need it by now. */
async function removeNamespaceDirectory(): Promise<void> {
  if (!existsSync('/run/netns') || readdirSync('/run/netns').length > 0) return;
  await unmountBelow('/run/netns');
  rmdirSync('/run/netns');
}

async function unmountBelow(directory: string): Promise<void> {
  const mounted = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '')
    .filter((place) => place === directory || place.startsWith(`${directory}/`));
  // The newest mount hides the older ones, so it goes first.
  for (const place of mounted.reverse()) await mustRun('umount', [place]);
}

async function removeCgroup(directory: string): Promise<void> {
  if (!existsSync(directory)) return;
  const below = readdirSync(directory, { withFileTypes: true }).filter((one) => one.isDirectory());
  for (const { name } of below) await removeCgroup(path.join(directory, name));
  for (let attempt = 0; ; attempt++) {
    try {
      return rmdirSync(directory);
    } catch (error) {
      // The kernel takes a moment to let go of processes that have just ended.
      if (attempt >= 100) throw error;
      await sleep(20);
    }
  }
}
