import { connect, createServer } from 'node:net';
import { hostname } from 'node:os';
import { afterAll, expect, it } from 'vitest';
import { collectFacts } from '../../electron/host/facts/index.ts';
import { findInstallation } from '../../electron/host/installation.ts';
import { createMachineReader } from '../../electron/host/onboarding/index.ts';
import { readRemoteScript } from '../../electron/host/remote-script.ts';
import type { Facts } from '../../shared/model/facts.ts';
import { describeWith, errorOf, type Sshd, TestBed } from './sshd/index.ts';

const script = readRemoteScript(findInstallation(import.meta.dirname).resourcesDirectory, 'facts');

describeWith(['sshd'], 'facts over a real SSH server', () => {
  const bed = new TestBed();
  afterAll(() => bed.close());

  /** A machine on which each login runs this instead of what was asked for. */
  function machine(forced?: string): Promise<Sshd> {
    const own = forced === undefined ? [] : [`ForceCommand ${forced}`];
    // The home directory of whoever runs the tests may hold any profile.
    return bed.sshd({ config: [`SetEnv HOME=${bed.directory}`, ...own] });
  }

  async function collect(
    sshd: Sshd,
    whileRunning?: () => void,
    timeoutMs = 15_000,
  ): Promise<Facts> {
    const client = bed.client();
    const options = client.options();
    const connection = await client.pool.connect(bed.target(sshd), options);
    const facts = collectFacts(connection, { script, signal: options.signal, timeoutMs });
    whileRunning?.();
    return await facts;
  }

  it('come in one round trip', async () => {
    const { sections } = await collect(await machine());
    expect(sections.hostname).toMatchObject({ status: 'ok', data: { hostname: hostname() } });
  });

  it('come through a profile that prints before and after', async () => {
    const noisy = `printf 'Welcome\\377\\n'; eval "$SSH_ORIGINAL_COMMAND"; echo bye; exit 7`;
    const { sections } = await collect(await machine(noisy));
    expect(sections.kernel.status).toBe('ok');
  });

  it.each([
    ['SSH_NO_SHELL', 'nologin', '/usr/sbin/nologin'],
    ['SSH_NO_SHELL', '/bin/false', '/bin/false'],
    ['SSH_OUTPUT_INVALID', 'a menu', 'echo Main menu'],
    ['SSH_OUTPUT_TOO_LARGE', 'endless output', 'yes'],
    ['SSH_OUTPUT_INVALID', 'a shell that is killed in the middle', 'kill -9 $$'],
  ])('end with %s for %s', async (code, _, forced) => {
    expect(await errorOf(collect(await machine(forced)))).toMatchObject({ code });
  });

  it('end with SSH_OUTPUT_INVALID and the place where the script was ended', async () => {
    // Ends the shell some time after its first parts.
    const forced = `eval "$SSH_ORIGINAL_COMMAND" | head -c 700; kill -9 $$`;
    const error = await errorOf(collect(await machine(forced)));
    expect(error).toMatchObject({
      code: 'SSH_OUTPUT_INVALID',
      message: expect.stringContaining('at "'),
    });
  });

  it('end with SSH_CONNECTION_LOST where the machine dies in the middle', async () => {
    const sshd = await machine('echo; sleep 30');
    const dying = collect(sshd, () => {
      setTimeout(() => {
        for (const pid of sshd.sessionPids()) process.kill(pid, 'SIGKILL');
      }, 500);
    });
    expect(await errorOf(dying)).toMatchObject({ code: 'SSH_CONNECTION_LOST' });
  });

  it('end with SSH_TIMEOUT where the machine says nothing', async () => {
    const silent = collect(await machine('sleep 30'), undefined, 700);
    expect(await errorOf(silent)).toMatchObject({ code: 'SSH_TIMEOUT' });
  });

  it('share one time limit with the connection that they come over', async () => {
    const slow = await slowWayTo(await machine('sleep 30'), 1_500);
    try {
      const client = bed.client();
      const read = createMachineReader(async () => client.pool, script);
      const begin = performance.now();
      const { ask, signal } = client.options();
      const reading = read(bed.target(slow), { ask, signal, timeoutMs: 2_500 });
      expect(await errorOf(reading)).toMatchObject({ code: 'SSH_TIMEOUT' });
      expect(performance.now() - begin).toBeLessThan(3_500);
    } finally {
      slow.close();
    }
  });
});

/** The same server behind a port that takes its time before it passes a connection on. */
async function slowWayTo(sshd: Sshd, delayMs: number): Promise<Sshd & { close(): void }> {
  const server = createServer((near) => {
    near.on('error', () => near.destroy());
    setTimeout(() => {
      const far = connect(sshd.port, '127.0.0.1');
      far.on('error', () => near.destroy());
      near.pipe(far).pipe(near);
    }, delayMs);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port was opened.');
  return { ...sshd, port: address.port, close: () => server.close() };
}
