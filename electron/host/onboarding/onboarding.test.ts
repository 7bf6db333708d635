import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LookEvent } from '../../../shared/contract/onboarding.ts';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { type KindName, kindOf } from '../../../shared/model/kinds/index.ts';
import { newValues } from '../../../shared/model/kinds/schema.ts';
import type { Draft } from '../../../shared/onboarding/draft.ts';
import { createAnnotations } from '../annotations/index.ts';
import { type Database, newId } from '../db/index.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import { createChecks } from '../engine/checks/index.ts';
import { createJobs, type Jobs } from '../engine/jobs/index.ts';
import { FakeMachine } from '../engine/machines/fake-machine.ts';
import type { Machines } from '../engine/machines/index.ts';
import { createInventory, type Inventory } from '../inventory/index.ts';
import { sampleFacts } from '../inventory/sample-facts.ts';
import { createRecords } from '../records/index.ts';
import { createAttempts } from './attempts.ts';
import { createOnboarding, type Onboarding } from './onboarding.ts';
import { workHere } from './trial/work-here.ts';

let data: TemporaryData;
let db: Database;
let inventory: Inventory;
let jobs: Jobs;
let onboarding: Onboarding;
/** As they were opened; what is broken of those that come. */
let machines: FakeMachine[];
let broken: RackhelmError | undefined;
/** What taking the lock of a machine fails with. */
let held: RackhelmError | undefined;
const faults: unknown[] = [];
const font = readFileSync(
  path.join(import.meta.dirname, '../../../resources/fonts/DejaVuSans.ttf'),
);

beforeEach(() => {
  data = temporaryData();
  db = data.open();
  inventory = createInventory(db);
  jobs = createJobs({ database: db, report: (error) => faults.push(error) });
  broken = undefined;
  held = undefined;
  machines = [];
  const opened = async () => {
    const reached = { resolved: { host: '10.0.0.11', port: 22 } };
    const machine = Object.assign(new FakeMachine({ name: 'pi-1' }), { reached });
    for (const name of ['facts.sh', 'preflight.sh', 'preflight.sh (as root)']) {
      machine.answer(name, ({ args: [nonce] }) => ({
        stdout: `\n@@${nonce} begin 1\n\n@@${nonce} part uname\nLinux 6 x\n\n@@${nonce} exit 0\n\n@@${nonce} end\n`,
      }));
    }
    for (const name of ['ports.sh listen', 'ports.sh try']) machine.answer(name, 'no-tool');
    if (broken !== undefined) machine.fail('run', broken);
    machines.push(machine);
    return machine;
  };
  onboarding = createOnboarding({
    ...{ db, inventory, jobs, font: () => font, ...workHere(db, inventory) },
    annotations: createAnnotations(db),
    attempts: createAttempts({
      inventory,
      report: () => {},
      readMachine: async (target) => ({
        ...{ facts: sampleFacts(), target },
        resolved: {
          host: target.host,
          port: 22,
          user: 'ops',
          identityFiles: [],
          jump: [],
          asked: target,
        },
      }),
    }),
    checks: createChecks({ store: db.checks }),
    // As far as anything here asks of them.
    machines: {
      look: opened,
      open: async () => {
        if (held !== undefined) throw held;
        return await opened();
      },
    } as unknown as Machines,
    pool: () => Promise.reject(new Error('nothing connects')),
    scripts: { facts: 'FACTS', preflight: 'PREFLIGHT', ports: 'PORTS' },
    report: () => {},
  });
});
afterEach(async () => {
  await jobs.close();
  expect(faults.splice(0)).toEqual([]);
  data.remove();
});

async function all(events: AsyncIterable<LookEvent>): Promise<LookEvent[]> {
  return await Array.fromAsync(events);
}

/** A draft of one machine that was read and answered. */
async function answered(): Promise<Draft> {
  const draft = onboarding.drafts.create([{ target: { host: '10.0.0.11' }, foundBy: 'typed' }]);
  const machineId = draft.machines[0]?.id ?? '';
  await Array.fromAsync(
    onboarding.connect({ id: draft.id, machineId, attemptId: newId() }, undefined),
  );
  const address = {
    interface: 'eth0',
    address: '10.0.0.11/24',
    gateway: null,
    dns: [],
    set: false,
  };
  return onboarding.drafts.change({
    ...{ id: draft.id, version: draft.version },
    change: {
      ...{ kind: 'machine', machineId },
      answers: { identity: { as: 'new' }, name: 'pi-1', role: 'edge', addresses: [address] },
    },
  });
}

async function planned(id: string) {
  const events = await all(onboarding.plan({ id, attemptId: newId() }, undefined));
  const last = events.at(-1);
  if (last?.type !== 'planned') throw new Error(JSON.stringify(events));
  return last;
}

/** Jobs sync to the disk, which a busy one makes wait. */
const timeout = 60_000;

describe('an onboarding', { timeout }, () => {
  it('from the first look to the report is written down, kept with the device, and undone', async () => {
    const { id, machines: drafted } = await answered();
    const deviceId = drafted[0]?.deviceId ?? '';
    const checked = await all(
      onboarding.check({ id, machineIds: [], attemptId: newId() }, undefined),
    );
    expect(checked.map(({ type }) => type)).toEqual(['machine', 'ended']);
    expect(onboarding.drafts.get(id).machines[0]?.checks.length).toBeGreaterThan(20);

    const { plan, hash, problems } = await planned(id);
    expect(problems.filter(({ weight }) => weight === 'blocks')).toEqual([]);
    expect(plan.lanes[0]?.phases.map(({ phase }) => phase)).toEqual([
      'record-device',
      'record-report',
    ]);
    expect(db.tables.devices.exists(deviceId)).toBe(false);

    const { jobId } = await onboarding.run({ id, hash });
    const ended = await jobs.ended(jobId);
    expect(ended.state).toMatchObject({ state: 'done' });
    expect(ended).toMatchObject({
      report: expect.stringContaining('# Onboarding of pi-1'),
    });
    expect(onboarding.drafts.get(id)).toMatchObject({ jobId, step: 'run' });
    expect(inventory.devices.get(deviceId).device.name).toBe('pi-1');
    const attached = createAnnotations(db).attachments.list(deviceId);
    expect(attached.map(({ mediaType }) => mediaType).sort()).toEqual([
      'application/pdf',
      expect.stringContaining('text/'),
    ]);
    expect(machines.every(({ released }) => released)).toBe(true);

    await jobs.undo(jobId, { attended: false });
    expect((await jobs.ended(jobId)).state.state).toBe('undone');
    expect(db.tables.devices.exists(deviceId)).toBe(false);
  });

  it('is planned while another job is at work on the machine, and when it runs says whose', async () => {
    const { id } = await answered();
    held = new RackhelmError('MACHINE_BUSY', 'pi-1 is held by a job of eve on other.');
    const { hash } = await planned(id);
    const { jobId } = await onboarding.run({ id, hash });
    expect((await jobs.ended(jobId)).state).toMatchObject({
      state: 'failed',
      error: { code: 'MACHINE_BUSY', message: expect.stringContaining('eve on other') },
    });
  });

  it('is run once, however often one asks', async () => {
    const { id } = await answered();
    const { hash } = await planned(id);
    const runs = await Promise.allSettled([
      onboarding.run({ id, hash }),
      onboarding.run({ id, hash }),
    ]);
    expect(runs.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const { jobId } = onboarding.drafts.get(id);
    await jobs.ended(jobId ?? '');
    await expect(onboarding.run({ id, hash })).rejects.toThrow('was begun already');
  });

  it('is not run by a plan that was made of other answers', async () => {
    const draft = await answered();
    const { hash } = await planned(draft.id);
    onboarding.drafts.change({
      ...{ id: draft.id, version: draft.version },
      change: { kind: 'common', answers: { tags: ['new'] } },
    });
    await expect(onboarding.run({ id: draft.id, hash })).rejects.toMatchObject({
      code: 'CHANGED_SINCE',
    });
  });

  it('is not run while something speaks against it', async () => {
    inventory.devices.create({ name: 'pi-1', kind: 'sbc' });
    const { id } = await answered();
    const { hash, problems } = await planned(id);
    expect(problems.map(({ text }) => text)).toContain('There is a device named pi-1 already.');
    await expect(onboarding.run({ id, hash })).rejects.toThrow('speaks against');
  });

  it('tries the ports between its machines and the nodes of the cluster, where that was agreed to', async () => {
    const { id } = await answered();
    const create = (kind: KindName, values: Record<string, unknown>) =>
      createRecords(db).create({ kind, values: newValues(kindOf(kind)).parse(values) }).id;
    const cluster = create('cluster', { name: 'home', kind: 'k3s' });
    const node = inventory.devices.create({ name: 'node-1', kind: 'server', sshHost: '10.0.0.12' });
    create('cluster-member', { cluster, device: node.id, role: 'worker' });
    const draft = onboarding.drafts.get(id);
    onboarding.drafts.change({
      ...{ id, version: draft.version },
      change: { kind: 'common', answers: { clusterId: cluster } },
    });
    const found = async (ports: boolean) => {
      await all(onboarding.check({ id, machineIds: [], ports, attemptId: newId() }, undefined));
      const checks = onboarding.drafts.get(id).machines[0]?.checks ?? [];
      return checks.filter(({ check }) => check === 'onboarding.ports').map(({ part }) => part);
    };
    expect(await found(false)).toEqual([]);
    expect(machines.flatMap(({ deeds }) => deeds).join()).not.toContain('ports.sh');
    expect(await found(true)).toEqual(['10250/tcp from node-1', '8472/udp from node-1']);
    expect(machines.every(({ released }) => released)).toBe(true);
  });

  it('says which machine could not be looked at, and what it said', async () => {
    const { id, machines: drafted } = await answered();
    broken = new RackhelmError('SSH_TIMEOUT', 'pi-1 does not answer.');
    const events = await all(
      onboarding.check({ id, machineIds: [], attemptId: newId() }, undefined),
    );
    expect(events[0]).toMatchObject({
      type: 'failed',
      machineId: drafted[0]?.id,
      code: 'SSH_TIMEOUT',
    });
    expect(onboarding.drafts.get(id).machines[0]?.checkedAt).toBeNull();
  });

  it('has a report before it is carried out, in both forms', async () => {
    const { id } = await answered();
    const markdown = await onboarding.report({ id, format: 'markdown' });
    expect(markdown).toMatchObject({ name: 'Onboard pi-1.md' });
    expect(markdown.content).toContain('Nothing was changed.');
    const pdf = await onboarding.report({ id, format: 'pdf' });
    expect(Buffer.from(pdf.content, 'base64').subarray(0, 5).toString()).toBe('%PDF-');
  });
});

describe('an off-boarding', { timeout }, () => {
  const answers = {
    freePlace: true,
    freeAddresses: true,
    deleteCables: true,
    leaveClusters: true,
  };

  it('tells what leans on it and what was done to it, retires it, and is undone', async () => {
    const { id, machines: drafted } = await answered();
    const deviceId = drafted[0]?.deviceId ?? '';
    const { jobId: onboarded } = await onboarding.run({ id, hash: (await planned(id)).hash });
    await jobs.ended(onboarded);
    const preview = await onboarding.offBoarding.preview({ deviceId, answers });
    expect(preview).toMatchObject({
      deviceName: 'pi-1',
      jobs: [{ id: onboarded, title: 'Onboard pi-1', undoable: true }],
    });
    expect(preview.dependents.map(({ label }) => label)).toContain('Interface');
    const { hash } = preview;
    const { jobId } = await onboarding.offBoarding.run({ deviceId, answers, hash });
    expect((await jobs.ended(jobId)).state.state).toBe('done');
    expect(inventory.devices.get(deviceId)).toMatchObject({
      device: { status: 'retired' },
      interfaces: [{ addresses: [] }],
    });
    await expect(onboarding.offBoarding.preview({ deviceId, answers })).rejects.toThrow(
      'retired already',
    );
    await jobs.undo(jobId, { attended: false });
    await jobs.ended(jobId);
    expect(inventory.devices.get(deviceId)).toMatchObject({
      device: { status: 'active' },
      interfaces: [{ addresses: [{}] }],
    });
  });

  it('is refused where the device is not as it was shown', async () => {
    const { id: deviceId } = inventory.devices.create({ name: 'nas', kind: 'nas' });
    const { hash } = await onboarding.offBoarding.preview({ deviceId, answers });
    inventory.devices.update({ ids: [deviceId], patch: { name: 'store' } });
    await expect(onboarding.offBoarding.run({ deviceId, answers, hash })).rejects.toMatchObject({
      code: 'CHANGED_SINCE',
    });
  });
});
