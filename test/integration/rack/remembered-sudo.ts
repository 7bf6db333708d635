import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { openDatabase } from '../../../electron/host/db/index.ts';
import { createSecrets, createSecretTester } from '../../../electron/host/engine/secrets/index.ts';
import { MemoryKeyStore } from '../../../electron/host/engine/secrets/memory-key-store.ts';
import { createInventory } from '../../../electron/host/inventory/index.ts';
import type { Node, RackAccount } from '../../rack/index.ts';
import type { CommandLine } from '../command-line.ts';
import { never, TestBed } from '../sshd/index.ts';
import { directTarget } from './login.ts';

const passphrase = 'correct horse battery';

/**
 * A device with its sudo password in a store that a file `passphrase` opens, wrong at first, right then;
 * both are tried at the real sudo, as the settings do. Gives the options that name the inventory.
 */
export async function rememberSudo(
  { directory }: CommandLine,
  node: Node,
  account: RackAccount,
): Promise<readonly string[]> {
  const data = path.join(directory, 'with-secrets');
  const bed = new TestBed();
  const database = openDatabase({ dataDirectory: data });
  const errors: unknown[] = [];
  const report = (error: unknown) => errors.push(error);
  const { secrets: store, readings: settings } = database;
  const secrets = createSecrets({ store, settings, keyStore: new MemoryKeyStore(), report });
  try {
    writeFileSync(path.join(directory, 'passphrase'), passphrase, { mode: 0o600 });
    const target = directTarget(node, account);
    const inventory = createInventory(database);
    inventory.devices.create({
      ...{ name: node.name, kind: 'server', sshHost: target.host, sshUser: account.user },
      ...{ sshPort: target.port ?? 22, sshIdentityFile: target.identityFile ?? null },
    });
    await secrets.setUp({ way: 'passphrase', passphrase });
    const subject = {
      kind: 'sudo-password',
      ...{ user: account.user, host: target.host, port: target.port ?? 22 },
    } as const;
    const { ask } = bed.client().options();
    const test = createSecretTester({
      ...{ secrets, ask, devicesAt: settings.devicesAt, targetOf: inventory.sshTargetOf },
      openPool: async () => bed.client().pool,
    });
    const tried = async (secret: string) => {
      await secrets.put(subject, secret);
      const [row] = secrets.list({ offset: 0, limit: 1 }).rows;
      return await test(row?.id ?? '', never);
    };
    expect(await tried('not this one')).toMatchObject({ outcome: 'wrong' });
    expect(await tried(account.password ?? '')).toMatchObject({ outcome: 'works' });
    expect(errors).toEqual([]);
  } finally {
    await secrets.close();
    database.close();
    await bed.close();
  }
  return ['--data', data, '--accept-new-host-key'];
}
