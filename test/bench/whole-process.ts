import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../electron/host/db/index.ts';
import { createInventory } from '../../electron/host/inventory/index.ts';
import { makeScratch } from '../integration/scratch.ts';

/** How a machine is reached, by Rackhelm as by Ansible. */
export interface Reached {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly key: string;
}

/** A data directory whose inventory has these machines. */
export function inventoryOf(machines: readonly Reached[]): string {
  const data = makeScratch('bench-data');
  const database = openDatabase({ dataDirectory: data });
  const { devices } = createInventory(database);
  for (const { name, host, port, user, key } of machines) {
    const ssh = { sshHost: host, sshPort: port, sshUser: user, sshIdentityFile: key };
    devices.create({ name, kind: 'server', ...ssh });
  }
  database.close();
  return data;
}

/** The same for Ansible; the path of the file. */
export function hostsOf(directory: string, machines: readonly Reached[]): string {
  const file = join(directory, 'hosts');
  const lines = machines.map(
    ({ name, host, port, user, key }) =>
      `${name} ansible_host=${host} ansible_port=${port} ansible_user=${user} ansible_ssh_private_key_file=${key} ansible_python_interpreter=/usr/bin/python3`,
  );
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

/** `rackhelm COMMAND` of all of them; milliseconds of processor time. */
export function rackhelm(
  command: string,
  data: string,
  machines: readonly Reached[],
  codes: readonly number[],
): Promise<number> {
  const names = machines.map(({ name }) => name);
  const cli = join(import.meta.dirname, '../../out/main/cli.js');
  const args = [cli, command, ...names, '--data', data, '--accept-new-host-key', '--json'];
  return measured(process.execPath, args, { codes, env: { HOME: data } });
}

/** `ansible -m setup` of all of them at once; milliseconds of processor time. */
export function ansible(directory: string, hosts: string, forks: number): Promise<number> {
  const env = {
    HOME: directory,
    ANSIBLE_HOST_KEY_CHECKING: 'False',
    // What its connections leave behind ends soon, so that the next round is as cold.
    ANSIBLE_SSH_ARGS: '-o ControlMaster=auto -o ControlPersist=1s',
  };
  const args = ['all', '-i', hosts, '-m', 'setup', '-f', String(forks), '-o'];
  return measured('ansible', args, { codes: [0], env });
}

/** Milliseconds of processor time of a program and all that it started. */
async function measured(
  program: string,
  args: readonly string[],
  { codes, env }: { readonly codes: readonly number[]; readonly env: Record<string, string> },
): Promise<number> {
  const line = 'TIMEFORMAT="%U %S"; time "$@" >/dev/null 2>/dev/null 3>&-; exit $?';
  const text = await new Promise<string>((resolve, reject) => {
    const child = spawn('bash', ['-c', `{ ${line}; }`, 'measured', program, ...args], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += String(chunk);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (codes.includes(code ?? -1)) resolve(said);
      else reject(new Error(`${program} ended with code ${code}: ${said}`));
    });
  });
  const [user = 0, system = 0] = text.trim().split(/\s+/).map(Number);
  return (user + system) * 1_000;
}
