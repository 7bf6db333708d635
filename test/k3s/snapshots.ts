import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { Api } from '../cluster/api.ts';
import { askEtcdText } from './etcd.ts';
import { log } from './log.ts';
import { snapshotDirectory } from './places.ts';

/** A file of a snapshot, as K3s lists it. */
export interface Snapshot {
  readonly name: string;
  readonly location: string;
  readonly size: number;
  readonly createdAt: string;
  readonly status: 'successful';
}

export function snapshots(): readonly Snapshot[] {
  if (!existsSync(snapshotDirectory)) return [];
  return readdirSync(snapshotDirectory)
    .sort()
    .map((name) => {
      const { size, mtime } = statSync(`${snapshotDirectory}/${name}`);
      const createdAt = mtime.toISOString().replace(/\.\d+Z$/, 'Z');
      const location = `file://${snapshotDirectory}/${name}`;
      return { name, location, size, createdAt, status: 'successful' };
    });
}

/** Etcd's own copy of itself, which ends with the hash of all before it. */
export async function saveSnapshot(prefix: string, node: string): Promise<Snapshot> {
  const name = `${prefix}-${node}-${Math.floor(Date.now() / 1000)}`;
  const said = await askEtcdText('maintenance/snapshot');
  const pieces = [...said.matchAll(/"blob":"([^"]+)"/g)].map(([, blob = '']) =>
    Buffer.from(blob, 'base64'),
  );
  mkdirSync(snapshotDirectory, { recursive: true, mode: 0o700 });
  writeFileSync(`${snapshotDirectory}/${name}`, Buffer.concat(pieces), { mode: 0o600 });
  log('info', `Snapshot ${name} saved.`);
  const saved = snapshots().find((one) => one.name === name);
  if (!saved) throw new Error(`snapshot ${name} is not there`);
  return saved;
}

/** One that is not there is passed over without a word, as K3s does. */
export function deleteSnapshot(name: string): boolean {
  const file = `${snapshotDirectory}/${name.replaceAll('/', '')}`;
  if (!existsSync(file)) return false;
  rmSync(file);
  log('info', `Snapshot ${name} deleted.`);
  return true;
}

const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const plural = 'etcdsnapshotfiles';
const group = 'k3s.cattle.io';
const objects = `/apis/${group}/v1/${plural}`;

/** The kind by which the API tells of snapshots. */
export async function defineSnapshots(api: Api): Promise<void> {
  const name = `${plural}.${group}`;
  const open = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  await api.request('PATCH', `${definitions}/${name}?fieldManager=k3s&force=true`, {
    type: 'application/apply-patch+yaml',
    body: {
      ...{ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' },
      metadata: { name },
      spec: {
        group,
        scope: 'Cluster',
        names: { plural, singular: 'etcdsnapshotfile', kind: 'ETCDSnapshotFile' },
        versions: [
          {
            ...{ name: 'v1', served: true, storage: true },
            schema: {
              openAPIV3Schema: { type: 'object', properties: { spec: open, status: open } },
            },
            subresources: { status: {} },
          },
        ],
      },
    },
  });
}

function objectName({ name, location }: Snapshot): string {
  const digest = createHash('sha256').update(location).digest('hex').slice(0, 6);
  return `local-${name}-${digest}`;
}

interface SnapshotObject {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly nodeName: string };
}

/** The API tells of what lies on this server, and of nothing that is gone. */
export async function tellOfSnapshots(api: Api, node: string): Promise<void> {
  const { status, body } = await api.request('GET', objects);
  if (status !== 200) return;
  const own = (body.items as readonly SnapshotObject[]).filter(
    ({ spec }) => spec.nodeName === node,
  );
  const there = new Map(snapshots().map((one) => [objectName(one), one]));
  for (const { metadata } of own)
    if (!there.has(metadata.name)) await api.request('DELETE', `${objects}/${metadata.name}`);
  for (const [name, one] of there) {
    if (own.some(({ metadata }) => metadata.name === name)) continue;
    const { createdAt: creationTime, location, size } = one;
    const spec = { snapshotName: one.name, nodeName: node, location };
    const object = {
      apiVersion: `${group}/v1`,
      kind: 'ETCDSnapshotFile',
      metadata: { name },
      spec,
    };
    const made = await api.request('POST', objects, { body: object });
    if (made.status !== 201) continue;
    const told = { creationTime, size: String(size), readyToUse: true };
    await api.request('PUT', `${objects}/${name}/status`, { body: { ...made.body, status: told } });
  }
}
