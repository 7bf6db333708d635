import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process by id and start time: the pair stays true when the kernel gives the id to another. */
export interface ProcessMark {
  readonly pid: number;
  /** Clock ticks since boot, field 22 of /proc/PID/stat. */
  readonly startedAt: string;
}

interface ProcessStat extends ProcessMark {
  readonly parent: number;
  readonly state: string;
}

function readStat(pid: number): ProcessStat | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return null; // gone in the meantime
  }
  // The name in parentheses may itself hold spaces and parentheses.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return {
    pid,
    state: fields[0] ?? '',
    parent: Number(fields[1]),
    startedAt: fields[19] ?? '',
  };
}

export function markProcess(pid: number): ProcessMark | null {
  const stat = readStat(pid);
  return stat && { pid, startedAt: stat.startedAt };
}

/** Whether this very process still runs; a zombie does not. */
export function isAlive(mark: ProcessMark): boolean {
  const stat = readStat(mark.pid);
  return stat !== null && stat.startedAt === mark.startedAt && stat.state !== 'Z';
}

function allProcesses(): ProcessStat[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readStat(Number(name)))
    .filter((stat) => stat !== null);
}

/** The process and everything below it, parents first. */
export function processTree(root: number): readonly number[] {
  const children = new Map<number, number[]>();
  for (const { pid, parent } of allProcesses()) {
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const found = [root];
  for (const pid of found) found.push(...(children.get(pid) ?? []));
  return found;
}

/** Processes whose environment holds exactly this `NAME=value`. */
export function processesWithEnvironment(entry: string): readonly number[] {
  return allProcesses()
    .filter(({ pid }) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(entry);
      } catch {
        return false; // gone, or a kernel thread
      }
    })
    .map(({ pid }) => pid);
}

/** Sends a signal; a process that is already gone is fine. Returns whether it was there. */
export function signalProcess(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}

/** Kills the process and waits until it has let go of what it held. */
export async function endProcess(mark: ProcessMark): Promise<void> {
  if (isAlive(mark)) signalProcess(mark.pid, 'SIGKILL');
  while (isAlive(mark)) await sleep(10);
}
