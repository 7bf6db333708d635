import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SshPool } from '../../../electron/host/connections/ssh/index.ts';
import { type Database, openDatabase } from '../../../electron/host/db/index.ts';
import { createJobs, type JobKind, type Jobs } from '../../../electron/host/engine/jobs/index.ts';
import type { HeldMachine } from '../../../electron/host/engine/machines/index.ts';
import type { NodePlace } from '../kill/node-jobs.ts';
import { kindOnNodes } from '../kill/node-scenario.ts';

/** For a script or a connection; a person would have it wait up to minutes. */
const commandMs = 8_000;
/** A node of the rack is away for a second or two. */
const restartMs = 20_000;
const reopenAfterMs = [300];

export interface HastyJobs {
  readonly database: Database;
  readonly jobs: Jobs;
  /** What the engine holds for a fault of its own. */
  readonly faultsOfOurs: unknown[];
  /** From now on nothing is waited for longer than a test can; or it is, as by a person. */
  hurry(on: boolean): void;
  close(): Promise<void>;
}

/** Jobs on a node of the rack that can be made to wait for nothing longer than a test can. */
export function openHastyJobs(
  { root, rack, scenario }: NodePlace,
  change: (kind: JobKind) => JobKind,
): HastyJobs {
  const home = join(root, 'home');
  mkdirSync(home, { recursive: true });
  const database = openDatabase({ dataDirectory: join(root, 'data') });
  const faultsOfOurs: unknown[] = [];
  const haste = { isOn: false };
  const jobs = createJobs({
    database,
    report: (error) => faultsOfOurs.push(error),
    limits: { reopenAfterMs },
  });
  const isOver = (id: string) => jobs.isOver(id);
  const { kind, close } = kindOnNodes(database, {
    rack,
    scenario,
    home,
    isOver,
    hurry: hastened(haste),
  });
  jobs.register(change(impatient(kind, haste)));
  return {
    database,
    jobs,
    faultsOfOurs,
    hurry(on) {
      haste.isOn = on;
    },
    async close() {
      await jobs.close();
      await close();
      database.close();
    },
  };
}

interface Haste {
  isOn: boolean;
}

function hastened(haste: Haste): (pool: SshPool) => SshPool {
  const within = <T extends { readonly timeoutMs?: number }>(options: T): T => {
    const { timeoutMs = commandMs } = options;
    return haste.isOn ? { ...options, timeoutMs: Math.min(timeoutMs, commandMs) } : options;
  };
  return (pool) => ({
    async connect(target, options) {
      const lease = await pool.connect(target, within(options));
      return {
        resolved: lease.resolved,
        leftMs: lease.leftMs,
        hostKey: lease.hostKey,
        exec: (command, more) => lease.exec(command, within(more)),
        forward: (to, signal) => lease.forward(to, signal),
        shell: (asked) => lease.shell(asked),
        sftp: (signal) => lease.sftp(signal),
        release: () => lease.release(),
      };
    },
    close: () => pool.close(),
  });
}

/** Machines that have to be back from a restart soon. */
function impatient(kind: JobKind, haste: Haste): JobKind {
  return {
    ...kind,
    async open(...words) {
      const machine = (await kind.open?.(...words)) ?? null;
      if (machine === null) return null;
      const reboot = machine.reboot.bind(machine);
      const value: HeldMachine['reboot'] = (options) =>
        reboot(haste.isOn ? { ...options, timeoutMs: restartMs } : options);
      return Object.defineProperty(machine, 'reboot', { value, configurable: true });
    },
  };
}
