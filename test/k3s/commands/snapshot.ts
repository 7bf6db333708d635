import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { parse, stringify } from 'yaml';
import { read } from '../files.ts';
import { Fatal } from '../log.ts';
import { configFile, serverDirectory } from '../places.ts';
import { deleteSnapshot, saveSnapshot, snapshots } from '../snapshots.ts';
import { readFlags } from './flags.ts';

type Flags = ReadonlyMap<string, string>;

function nodeName(): string {
  const config: unknown = existsSync(configFile) ? parse(read(configFile)) : {};
  const named = typeof config === 'object' && config !== null && 'node-name' in config;
  return named ? String(config['node-name']) : hostname();
}

function list(flags: Flags): void {
  const rows = snapshots();
  const output = flags.get('output') ?? flags.get('o');
  if (output === 'json' || output === 'yaml') {
    const items = rows.map(({ name, location, size, createdAt }) => ({
      ...{ metadata: { name }, spec: { snapshotName: name, nodeName: nodeName(), location } },
      status: { size: String(size), creationTime: createdAt, readyToUse: true },
    }));
    const all = { apiVersion: 'k3s.cattle.io/v1', kind: 'ETCDSnapshotFileList', items };
    process.stdout.write(output === 'json' ? `${JSON.stringify(all)}\n` : stringify(all));
    return;
  }
  process.stdout.write('Name Location Size Created\n');
  for (const { name, location, size, createdAt } of rows)
    process.stdout.write(`${name} ${location} ${size} ${createdAt}\n`);
}

/** Those that were taken by the clock, but for the newest; what a person took stays for ever. */
function prune(flags: Flags): void {
  const keep = Number(flags.get('snapshot-retention') ?? flags.get('etcd-snapshot-retention') ?? 5);
  const prefix = flags.get('name') ?? flags.get('etcd-snapshot-name') ?? 'etcd-snapshot';
  const ours = snapshots()
    .filter(({ name }) => name.startsWith(`${prefix}-${nodeName()}-`))
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt) || b.name.localeCompare(a.name));
  for (const { name } of ours.slice(keep)) deleteSnapshot(name);
}

export async function runSnapshot(words: readonly string[]): Promise<void> {
  const { rest, flags } = readFlags(words, ['s3', 'etcd-s3', 'snapshot-compress']);
  const [verb = 'save', ...names] = rest;
  if (!existsSync(`${serverDirectory}/db/etcd`)) throw new Fatal('etcd datastore disabled');
  if (verb === 'save') await saveSnapshot(flags.get('name') ?? 'on-demand', nodeName());
  else if (verb === 'ls' || verb === 'list' || verb === 'l') list(flags);
  else if (verb === 'delete') for (const name of names) deleteSnapshot(name);
  else if (verb === 'prune') prune(flags);
  else throw new Fatal(`No help topic for '${verb}'`);
}
