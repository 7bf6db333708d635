import { describe, expect, it } from 'vitest';
import { RackhelmError } from '../../../shared/model/errors.ts';
import type { ExecOptions, ExecResult, ResolvedTarget, SshPool } from '../connections/ssh/index.ts';
import { findInstallation } from '../installation.ts';
import { readRemoteScript } from '../remote-script.ts';
import { concreteTarget, createMachineReader } from './machine-reader.ts';

const script = readRemoteScript(findInstallation(import.meta.dirname).resourcesDirectory, 'facts');
const resolved: ResolvedTarget = {
  host: '10.0.0.1',
  port: 2222,
  user: 'ada',
  identityFiles: ['/keys/one', '/keys/two'],
  jump: ['ada@gate:22'],
  asked: { host: 'pi-1' },
};
const lost = () => new RackhelmError('SSH_CONNECTION_LOST', 'The connection to pi-1 was lost.');

/** A pool whose connections answer in turn, as a connection that died while idle would. */
function poolThat(...answers: ((options: ExecOptions) => Promise<ExecResult>)[]) {
  const seen = { connects: 0, released: 0, limits: [] as (number | undefined)[] };
  const pool: SshPool = {
    connect: async (_target, { timeoutMs }) => {
      const answer = answers[seen.connects];
      seen.connects += 1;
      seen.limits.push(timeoutMs);
      if (answer === undefined) throw new Error('The test expected no more connections.');
      return {
        resolved,
        leftMs: 9_000,
        exec: (_command, options) => answer(options),
        forward: () => Promise.reject(new Error('The test expected no stream.')),
        shell: () => Promise.reject(new Error('The test expected no shell.')),
        sftp: () => Promise.reject(new Error('The test expected no files.')),
        release: () => {
          seen.released += 1;
        },
      };
    },
    close: async () => {},
  };
  return { pool, seen };
}

const options = () => ({
  ask: async () => ({ kind: 'cancel' }) as const,
  signal: new AbortController().signal,
});

describe('createMachineReader', () => {
  it('reads once more when a pooled connection turns out to be dead', async () => {
    const fails = () => Promise.reject(new RackhelmError('SSH_NO_SHELL', 'No shell.'));
    const { pool, seen } = poolThat(() => Promise.reject(lost()), fails);
    const read = createMachineReader(async () => pool, script);
    await expect(read({ host: 'pi-1' }, options())).rejects.toMatchObject({ code: 'SSH_NO_SHELL' });
    expect(seen).toMatchObject({ connects: 2, released: 2 });
  });

  it('gives up when the fresh connection is lost too', async () => {
    const { pool, seen } = poolThat(
      () => Promise.reject(lost()),
      () => Promise.reject(lost()),
    );
    const read = createMachineReader(async () => pool, script);
    await expect(read({ host: 'pi-1' }, options())).rejects.toMatchObject({
      code: 'SSH_CONNECTION_LOST',
    });
    expect(seen).toMatchObject({ connects: 2, released: 2 });
  });

  it('gives reading, and a second try, no more time than the first connection left', async () => {
    const limits: (number | undefined)[] = [];
    const loses = ({ timeoutMs }: ExecOptions) => {
      limits.push(timeoutMs);
      return Promise.reject(lost());
    };
    const { pool, seen } = poolThat(loses, loses);
    const read = createMachineReader(async () => pool, script);
    await expect(read({ host: 'pi-1' }, options())).rejects.toBeInstanceOf(RackhelmError);
    expect(limits).toEqual([9_000, 9_000]);
    const [first, second = Number.NaN] = seen.limits;
    expect(first).toBeUndefined();
    expect(second).toBeLessThan(9_000);
    expect(second).toBeGreaterThan(8_000);
  });

  it('does not try again after any other failure, or once the person left', async () => {
    const left = new AbortController();
    left.abort();
    const first = poolThat(() => Promise.reject(new RackhelmError('SSH_TIMEOUT', 'Too slow.')));
    const read = createMachineReader(async () => first.pool, script);
    await expect(read({ host: 'pi-1' }, options())).rejects.toMatchObject({ code: 'SSH_TIMEOUT' });
    const second = poolThat(() => Promise.reject(lost()));
    const readAgain = createMachineReader(async () => second.pool, script);
    await expect(
      readAgain({ host: 'pi-1' }, { ...options(), signal: left.signal }),
    ).rejects.toMatchObject({ code: 'SSH_CONNECTION_LOST' });
    expect([first.seen.connects, second.seen.connects]).toEqual([1, 1]);
  });
});

describe('concreteTarget', () => {
  it('says everything that the ssh configuration said', () => {
    expect(concreteTarget(resolved)).toEqual({
      host: '10.0.0.1',
      port: 2222,
      user: 'ada',
      identityFile: '/keys/one',
      jump: ['ada@gate:22'],
    });
  });

  it('leaves out what there is not', () => {
    expect(concreteTarget({ ...resolved, identityFiles: [], jump: [] })).toEqual({
      host: '10.0.0.1',
      port: 2222,
      user: 'ada',
    });
  });
});
