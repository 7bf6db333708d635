import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RackhelmError } from '../../../shared/model/errors.ts';
import type { SshQuestion } from '../../../shared/model/ssh.ts';
import type { Database } from '../db/index.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import { createInventory, type Inventory } from '../inventory/index.ts';
import { sampleFacts } from '../inventory/sample-facts.ts';
import type { MachineReader } from '../onboarding/index.ts';
import { createRefresher, type RefreshResult } from './refresh.ts';
import { unattended } from './unattended.ts';

let data: TemporaryData;
let db: Database;
let inventory: Inventory;

beforeEach(() => {
  data = temporaryData();
  db = data.open();
  inventory = createInventory(db);
});
afterEach(() => data.remove());

/** A machine of its own each, or every device would be the same one. */
function add(name: string, sshHost: string | null = name): string {
  return inventory.devices.create({ name, kind: 'server', sshHost }).id;
}

const facts = (host: string) =>
  sampleFacts({
    machineId: { status: 'ok', data: { machineId: Buffer.from(host).toString('hex') } },
    interfaces: { status: 'failed', reason: 'not asked' },
    model: { status: 'failed', reason: 'not asked' },
  });
const answers: MachineReader = async (target) => ({
  facts: facts(target.host),
  target,
  resolved: {
    host: target.host,
    port: 22,
    user: 'root',
    identityFiles: [],
    jump: [],
    asked: target,
  },
});

async function refresh(
  readMachine: MachineReader,
  options: {
    signal?: AbortSignal;
    attended?: boolean;
    onResult?: (result: RefreshResult) => void;
  } = {},
) {
  const report = (error: unknown) => {
    throw error;
  };
  const { refresh: run } = createRefresher({ inventory, readMachine, report });
  const { signal = new AbortController().signal, onResult, ...rest } = options;
  return run(db.readings.devices({ all: true }), {
    source: 'refresh',
    ask: unattended,
    signal,
    ...rest,
    ...(onResult && { onResult }),
  });
}
const states = (results: readonly RefreshResult[]) =>
  Object.fromEntries(results.map(({ name, state }) => [name, state]));

describe('refreshing many devices', () => {
  it('reads all that declare an SSH host, and one that fails stops no other', async () => {
    const [id] = [add('one'), add('two'), add('three'), add('no-ssh', null)];
    const results = await refresh(async (target, options) => {
      if (target.host === 'two') throw new RackhelmError('SSH_REFUSED', 'two refused.');
      return answers(target, options);
    });
    expect(states(results)).toEqual({
      one: 'read',
      two: 'failed',
      three: 'read',
      'no-ssh': 'skipped',
    });
    expect(inventory.devices.get(id).device.observedAt).not.toBeNull();
    const failed = inventory.devices.list({ onlyFailed: true }).rows;
    expect(failed.map(({ name, failure }) => [name, failure?.code])).toEqual([
      ['two', 'SSH_REFUSED'],
    ]);
  });

  it('reads eight at once and no more', async () => {
    for (let n = 0; n < 20; n += 1) add(`m${n}`);
    let [now, most] = [0, 0];
    await refresh(async (target, options) => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setTimeout(resolve, 5));
      now -= 1;
      return answers(target, options);
    });
    expect(most).toBe(8);
  });

  it('tells the reader that nobody is there to touch a key or to sign in elsewhere', async () => {
    add('one');
    const told: unknown[] = [];
    const reader: MachineReader = async (target, options) => {
      told.push(options.attended);
      return answers(target, options);
    };
    await refresh(reader, { attended: false });
    await refresh(reader);
    expect(told).toEqual([false, undefined]);
  });

  it('reads no device twice at once', async () => {
    add('one');
    const report = () => {};
    const { refresh: run } = createRefresher({ inventory, readMachine: answers, report });
    const devices = db.readings.devices({ all: true });
    const { signal } = new AbortController();
    const options = { source: 'refresh', ask: unattended, signal } as const;
    const [first, second] = await Promise.all([run(devices, options), run(devices, options)]);
    expect([states(first), states(second)]).toEqual([{ one: 'read' }, { one: 'skipped' }]);
  });

  it('ends at once when it is cancelled, and blames no device for it', async () => {
    for (let n = 0; n < 12; n += 1) add(`m${n}`);
    const cancel = new AbortController();
    const results = await refresh(
      async (target, options) => {
        if (target.host === 'm0') return answers(target, options);
        return new Promise((_, reject) => {
          options.signal.addEventListener('abort', () =>
            reject(new RackhelmError('SSH_CANCELLED', 'The connection was cancelled.')),
          );
        });
      },
      {
        signal: cancel.signal,
        onResult: () => cancel.abort(),
      },
    );
    expect(new Set(results.map(({ state }) => state))).toEqual(new Set(['read', 'cancelled']));
    expect(inventory.devices.list({ onlyFailed: true }).total).toBe(0);
  });

  const key = { host: 'one', type: 'ssh-ed25519', sha256: 'SHA256:x', md5: 'MD5:x' };
  it.each<[string, SshQuestion]>([
    ['SSH_HOST_KEY_UNKNOWN', { kind: 'unknown-host-key', key }],
    ['SSH_HOST_KEY_CHANGED', { kind: 'changed-host-key', key, known: [] }],
    [
      'SSH_ANSWER_NEEDED',
      {
        kind: 'password',
        user: 'root',
        host: 'one',
        address: 'one',
        port: 22,
        through: [],
        attempt: 1,
      },
    ],
    [
      'SSH_ANSWER_NEEDED',
      { kind: 'passphrase', keyFile: '~/.ssh/id', fingerprint: null, attempt: 1 },
    ],
    [
      'SSH_ANSWER_NEEDED',
      {
        kind: 'keyboard-interactive',
        user: 'root',
        host: 'one',
        address: 'one',
        port: 22,
        through: [],
        attempt: 1,
        name: '',
        instructions: '',
        prompts: [],
      },
    ],
  ])('never asks: it ends as %s and says to do it alone', async (code, question) => {
    const id = add('one');
    await refresh(async (target, options) => {
      await options.ask(question, options.signal);
      return answers(target, options);
    });
    const { failure } = inventory.devices.get(id).device;
    expect(failure?.code).toBe(code);
    expect(failure?.hint).toContain('efresh this device alone');
  });
});
