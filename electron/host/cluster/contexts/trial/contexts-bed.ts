import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import { pem } from '../../../connections/kubernetes/trial/pki.ts';
import type { Ask, SshPool } from '../../../connections/ssh/index.ts';
import { temporaryData } from '../../../db/temporary-data.ts';
import { FakeMachine } from '../../../engine/machines/fake-machine.ts';
import { createSecrets } from '../../../engine/secrets/index.ts';
import { MemoryKeyStore } from '../../../engine/secrets/memory-key-store.ts';
import { createInventory } from '../../../inventory/index.ts';
import { createRecords } from '../../../records/index.ts';
import { createContexts } from '../index.ts';

export const signal = AbortSignal.timeout(120_000);

const noPool = () =>
  Promise.reject(new RackhelmError('SSH_UNREACHABLE', 'There is no machine in this test.'));
const nobody: Ask = async () => ({ kind: 'cancel' });

/** The domain over a database of its own, with files in a folder of its own. */
export function contextsBed(pool: () => Promise<SshPool> = noPool) {
  const data = temporaryData();
  const folder = mkdtempSync(path.join(tmpdir(), 'rackhelm-kubeconfigs-'));
  const db = data.open();
  const inventory = createInventory(db);
  const records = createRecords(db);
  const secrets = createSecrets({
    store: db.secrets,
    settings: db.readings,
    keyStore: new MemoryKeyStore(),
    report: () => {},
    cost: { N: 2 ** 4, r: 8, p: 1 },
  });
  const machine = new FakeMachine({ name: 'pi-1' });
  const contexts = createContexts({
    ...{ db, secrets, inventory, version: '0.0.0', pool, ask: nobody },
    machines: { look: async () => machine as never }, // the part that is used
    addCluster: (values) => records.create({ kind: 'cluster', values }),
  });
  return {
    ...{ db, inventory, records, secrets, contexts, machine, folder },
    write(name: string, content: string | object): string {
      const file = path.join(folder, name);
      writeFileSync(file, typeof content === 'string' ? content : stringify(content));
      return file;
    },
    /** Takes the only context of a file for a new cluster. */
    async taken(file: string, name = 'home'): Promise<string> {
      const { previewId, contexts: found } = await contexts.preview(
        { kind: 'file', path: file },
        signal,
      );
      const keys = found.map(({ key }) => key);
      const cluster = { name, kind: 'k3s' } as const;
      const { contextIds } = await contexts.take({ previewId, keys, cluster }, signal);
      return contextIds[0] ?? '';
    },
    async close() {
      contexts.close();
      await secrets.close();
      data.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const caData = pem('ca').toString('base64');

/** A kubeconfig with one of each; everything is called `default`, as K3s does. */
export function kubeconfig(server: string, user: object = { token: 'good' }, cluster: object = {}) {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      { name: 'default', cluster: { server, 'certificate-authority-data': caData, ...cluster } },
    ],
    users: [{ name: 'default', user }],
    contexts: [{ name: 'default', context: { cluster: 'default', user: 'default' } }],
    'current-context': 'default',
  };
}
