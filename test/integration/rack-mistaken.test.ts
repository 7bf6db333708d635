import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeRack, type Node } from '../rack/index.ts';
import { App } from './rack/app.ts';
import { directTarget } from './rack/login.ts';

const refuse = { 'changed-host-key': { kind: 'host-key', accept: false } } as const;
const accept = { 'changed-host-key': { kind: 'host-key', accept: true } } as const;

/** `SHA256:…` of the key that the node shows, as its own ssh-keygen prints it. */
async function fingerprintOf(node: Node): Promise<string> {
  const file = '/etc/ssh/ssh_host_ed25519_key.pub';
  return (await node.exec(`ssh-keygen -lf ${file}`)).stdout.split(' ')[1] ?? '';
}

describeRack('a machine that may be another one', 'seed', (rack) => {
  let app: App;
  beforeEach(async () => {
    app = await App.open();
  });
  afterEach(() => app.close());

  it('by its replaced host key: asks with both keys, and sends nothing when refused', async () => {
    const node = rack().node('pi-1');
    const input = { target: directTarget(node) };
    const old = await fingerprintOf(node);
    expect(await app.attempt(input)).toMatchObject({
      last: { type: 'ready' },
      questions: [{ kind: 'unknown-host-key', key: { sha256: old } }],
    });
    // The connection that stands is not asked for its key again; a new start has none.
    await app.restart();
    expect((await app.attempt(input)).questions).toEqual([]);
    await app.restart();

    await using _fault = await node.fault('host-key-replaced');
    const fresh = await fingerprintOf(node);
    const refused = await app.attempt(input, refuse);
    expect(refused.questions).toMatchObject([
      {
        kind: 'changed-host-key',
        key: { host: node.address, sha256: fresh },
        known: [{ sha256: old, source: 'Rackhelm' }],
      },
    ]);
    expect(refused.last).toMatchObject({ type: 'failed', code: 'SSH_HOST_KEY_CHANGED' });
    expect(refused.steps).not.toContain('authenticate');
    expect(await app.written()).toEqual({ changeSets: 0, devices: [] });

    // Refusing recorded nothing, so it is asked again; accepting is for good.
    const accepted = await app.attempt(input, accept);
    expect(accepted.questions).toHaveLength(1);
    expect(accepted.last.type).toBe('ready');
    await app.restart();
    expect(await app.attempt(input)).toMatchObject({ last: { type: 'ready' }, questions: [] });
  });

  it('by its replaced host key: a password is neither asked for nor sent when refused', async () => {
    const [node, account] = [rack().node('nas'), rack().account('pwonly')];
    const password = { kind: 'secret', secret: `${account.password}` } as const;
    const input = { target: directTarget(node, account) };
    const first = await app.attempt(input, { password });
    expect(first.questions.map(({ kind }) => kind)).toEqual(['unknown-host-key', 'password']);
    await app.restart();
    await using _fault = await node.fault('host-key-replaced');
    const refused = await app.attempt(input, { password, ...refuse });
    expect(refused.questions.map(({ kind }) => kind)).toEqual(['changed-host-key']);
  });

  it('by a machine-id copied from a known one: suspects a clone, until it has its own', async () => {
    const deviceId = await app.add(directTarget(rack().node('pi-1')));
    const input = { target: directTarget(rack().node('pi-2')) };
    {
      await using _fault = await rack().node('pi-2').fault('machine-id-cloned', { from: 'pi-1' });
      const { last } = await app.attempt(input);
      expect(last).toMatchObject({
        type: 'ready',
        matches: [{ deviceId, deviceName: 'pi-1', verdict: 'clone' }],
      });
    }
    const { last } = await app.attempt(input);
    expect(last).toMatchObject({ type: 'ready', matches: [] });
    const again = await app.attempt({ target: directTarget(rack().node('pi-1')) });
    expect(again.last).toMatchObject({ matches: [{ deviceId, verdict: 'same' }] });
  });

  it('by a host name that another one has: suggests another name, and takes no second one', async () => {
    const deviceId = await app.add(directTarget(rack().node('pi-1')));
    const before = await app.written();
    await using _fault = await rack().node('worker-2').fault('hostname-duplicated', {
      from: 'pi-1',
    });
    const { attemptId, last } = await app.attempt({
      target: directTarget(rack().node('worker-2')),
    });
    expect(last).toMatchObject({
      type: 'ready',
      suggestion: { name: 'pi-1-2' },
      matches: [
        {
          deviceId,
          verdict: 'another',
          reasons: expect.arrayContaining([expect.objectContaining({ kind: 'hostname' })]),
        },
      ],
    });
    const machine = { attemptId, deviceId: null, kind: 'server', rackId: null } as const;
    const same = app.client.machines.add({ ...machine, name: 'PI-1', acceptFacts: true });
    await expect(same).rejects.toMatchObject({ code: 'DUPLICATE', defined: true });
    expect(await app.written()).toEqual(before);
    // What was read is still held: the next name goes in without another connection.
    await app.client.machines.add({ ...machine, name: 'pi-1-2', acceptFacts: true });
    expect((await app.written()).devices).toEqual(['pi-1', 'pi-1-2']);
  });

  it('is never added from an attempt that nobody made', async () => {
    const machine = { deviceId: null, name: 'x', kind: 'server', rackId: null } as const;
    const made = app.client.machines.add({ attemptId: uuidv7(), ...machine, acceptFacts: true });
    await expect(made).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await app.written()).toEqual({ changeSets: 0, devices: [] });
  });
});
