import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { describeRack, type FaultKind, type FaultOptions } from '../rack/index.ts';
import { App } from './rack/app.ts';
import { directTarget, factsOf, factsThrough, told } from './rack/login.ts';
import { errorOf, never, withClient } from './sshd/index.ts';

// Each fault takes up to the whole 15 s by default, so each has a machine of its own, all at once.
vi.setConfig({ maxConcurrency: 12, testTimeout: 60_000 });
const test = it.concurrent;

/** The promise is 15 s; the rest is for a computer that plays a whole rack meanwhile. */
const inTimeMs = 17_000;

type Case = readonly [
  fault: FaultKind,
  options: FaultOptions,
  node: string,
  codes: readonly string[],
];
const silent = ['SSH_TIMEOUT', 'SSH_UNREACHABLE'];
const cases: readonly Case[] = [
  ['sshd-stopped', {}, 'pi-1', ['SSH_REFUSED']],
  ['frozen', {}, 'pi-2', ['SSH_TIMEOUT']],
  ['killed', {}, 'pi-3', silent],
  ['network-cut', {}, 'worker-2', silent],
  ['network-cut', { direction: 'in' }, 'alpine', silent],
  ['network-cut', { direction: 'out' }, 'nas', silent],
  ['port-blocked', {}, 'gpu', ['SSH_TIMEOUT']],
];

describeRack('a machine that cannot be reached', 'seed', (rack) => {
  let app: App;
  beforeAll(async () => {
    app = await App.open();
  });
  afterAll(() => app.close());

  test.each(cases)(
    'by %s %j (%s) fails as %j in time, writes nothing, and is well again',
    async (...row) => {
      const [kind, options, name, codes] = row;
      const node = rack().node(name);
      const input = { target: directTarget(node) };
      {
        await using _fault = await node.fault(kind, options);
        const { last, ms, questions } = await app.attempt(input);
        expect(last).toMatchObject({
          type: 'failed',
          message: expect.stringContaining(node.address),
          error: { hint: expect.stringMatching(/\w/) },
        });
        expect(codes).toContain(last.type === 'failed' && last.code);
        expect(ms).toBeLessThan(inTimeMs);
        expect(questions).toEqual([]);
        expect(await app.written()).toEqual({ changeSets: 0, devices: [] });
      }
      const { last } = await app.attempt(input);
      expect(last).toMatchObject({ type: 'ready', suggestion: { name } });
    },
  );

  test.each([
    ['frozen', 'worker-1', ['SSH_TIMEOUT']],
    ['network-cut', 'db-1', ['SSH_TIMEOUT']],
  ] as const)(
    'and is hit by %s in the middle of a command (%s): %j in time, then well',
    (kind, name, codes) =>
      withClient({ configFile: rack().sshConfigFile }, async (client) => {
        const connection = await client.pool.connect({ host: name }, client.options());
        const running = errorOf(connection.exec('sleep 60', { signal: never }));
        const started = performance.now();
        {
          await using _fault = await rack().node(name).fault(kind);
          expect(codes).toContain((await running).code);
          expect(performance.now() - started).toBeLessThan(inTimeMs);
        }
        expect(told(await factsOf(connection), 'hostname').hostname).toBe(name);
      }),
  );
});

describeRack('a machine whose sshd stops', 'seed', (rack) => {
  it('keeps the session that is open, and takes no new one', async () => {
    const config = { configFile: rack().sshConfigFile };
    await withClient(config, async (open) => {
      const connection = await open.pool.connect({ host: 'pi-1' }, open.options());
      await withClient(config, async (late) => {
        {
          await using _fault = await rack().node('pi-1').fault('sshd-stopped');
          expect(told(await factsOf(connection), 'hostname').hostname).toBe('pi-1');
          const error = await errorOf(late.pool.connect({ host: 'pi-1' }, late.options()));
          expect(error.code).toBe('SSH_REFUSED');
        }
        await late.pool.connect({ host: 'pi-1' }, late.options());
      });
    });
  });
});

describeRack('a jump host that loses its power', 'seed', (rack) => {
  it('in the middle of a command behind it: told in time, then well through it again', () =>
    withClient({ configFile: rack().sshConfigFile }, async (client) => {
      const connection = await client.pool.connect({ host: 'db-1' }, client.options());
      const running = errorOf(connection.exec('sleep 60', { signal: never, timeoutMs: 2500 }));
      {
        await using _fault = await rack().node('jump').fault('killed');
        // Without power it says no farewell, so that only the silence tells.
        expect((await running).code).toBe('SSH_TIMEOUT');
      }
      const facts = await factsThrough(client, { host: 'db-1' });
      expect(told(facts, 'hostname').hostname).toBe('db-1');
    }));
});
