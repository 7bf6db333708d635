import path from 'node:path';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { SshConnection } from '../../connections/ssh/index.ts';
import {
  download,
  type RemoteEntry,
  RemoteFiles,
  type Transfer,
  upload,
} from '../../files/index.ts';
import type { Installation } from '../../installation.ts';
import { createInventory } from '../../inventory/index.ts';
import { identityOf } from '../machines/target.ts';
import { checkInventory } from '../open-inventory.ts';
import { withSession } from '../session.ts';
import type { TargetOptions } from '../terminal/options.ts';
import { print, printJson, tell } from '../terminal/output.ts';
import { formatTable } from '../terminal/text-table.ts';

export interface FilesOptions extends TargetOptions {
  readonly replace?: true;
}

/** `rackhelm files list DEVICE:PATH`. */
export async function listFiles(
  installation: Installation,
  place: string,
  options: FilesOptions,
): Promise<void> {
  await onDevice(installation, { place, options }, async ({ connection, file, signal }) => {
    const files = await RemoteFiles.open(connection, signal);
    try {
      const folder = await files.list(file);
      if (options.json) return printJson(folder);
      const sorted = folder.entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
      print(formatTable(sorted.map(row)));
      if (folder.cut) tell(`There is more; these are ${folder.entries.length} of it.\n`);
    } finally {
      files.close();
    }
  });
}

/** `rackhelm files get DEVICE:PATH [TO]`. */
export async function getFile(
  installation: Installation,
  { from, to }: { readonly from: string; readonly to: string },
  options: FilesOptions,
): Promise<void> {
  await onDevice(installation, { place: from, options }, ({ connection, file, signal }) =>
    carry(download, { connection, remote: file, local: path.resolve(to), signal }, options),
  );
}

/** `rackhelm files put FILE DEVICE:PATH`. */
export async function putFile(
  installation: Installation,
  { from, to }: { readonly from: string; readonly to: string },
  options: FilesOptions,
): Promise<void> {
  await onDevice(installation, { place: to, options }, ({ connection, file, signal }) =>
    carry(upload, { connection, remote: file, local: path.resolve(from), signal }, options),
  );
}

const letters = { file: '-', folder: 'd', link: 'l', other: '?' } as const;

function row({ name, kind, size, mode, uid, gid, changedAt }: RemoteEntry): string[] {
  const bits = mode.toString(8).padStart(4, '0');
  const when = new Date(changedAt).toISOString().slice(0, 16).replace('T', ' ');
  return [letters[kind], bits, `${uid}:${gid}`, String(size), when, name];
}

/** How often a terminal is told how far it is, in milliseconds. */
const tellMs = 1_000;

async function carry(
  work: typeof download,
  transfer: Omit<Transfer, 'replace' | 'onProgress'>,
  options: FilesOptions,
): Promise<void> {
  const shows = process.stderr.isTTY === true && !options.json;
  let toldAt = Date.now();
  const onProgress = (done: number, total: number) => {
    if (!shows || Date.now() - toldAt < tellMs) return;
    toldAt = Date.now();
    tell(`${done} of ${total} bytes\n`);
  };
  const done = await work({ ...transfer, replace: options.replace === true, onProgress });
  if (options.json) return printJson(done);
  print(`${done.path}: ${done.size} bytes, sha256 ${done.sha256}\n`);
  if (done.resumed > 0) tell(`${done.resumed} bytes were there from the time before.\n`);
  if (!done.compared) tell('Its hash could not be compared: the machine has nothing to tell it.\n');
}

interface Reached {
  readonly connection: SshConnection;
  readonly file: string;
  readonly signal: AbortSignal;
}

async function onDevice(
  installation: Installation,
  { place, options }: { readonly place: string; readonly options: FilesOptions },
  work: (reached: Reached) => Promise<void>,
): Promise<void> {
  const [, device = '', file = ''] = /^([^:]+):(.*)$/s.exec(place) ?? [];
  if (device === '') {
    throw new RackhelmError('INVALID_INPUT', `${place} names no place on a device.`, {
      hint: 'Write DEVICE:/path.',
    });
  }
  checkInventory(options.data);
  await withSession(installation, options, async ({ database, pool, ask, onStep, signal }) => {
    const inventory = createInventory(database);
    const { id } = inventory.deviceNamed(device);
    const target = { ...inventory.sshTargetOf(id), ...identityOf(options) };
    const attended = process.stdin.isTTY === true && process.stderr.isTTY === true;
    const connection = await pool.connect(target, { ask, onStep, signal, attended });
    try {
      await work({ connection, file: file === '' ? '.' : file, signal });
    } finally {
      connection.release();
    }
  });
}
