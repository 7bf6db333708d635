import { setTimeout as pause } from 'node:timers/promises';
import type ssh2 from 'ssh2';
import { expect, it } from 'vitest';
import { describeWith, errorOf, never, startHostile, useTestBed } from './sshd/index.ts';

const address = 'https://login.example.test/a/4711';

describeWith(['sshd'], 'what a machine says before the login', () => {
  const bed = useTestBed();

  /** In the manner of a check mode: takes anybody, after a while. */
  async function checking(afterMs: number, said = `\u001b[2JAnother check.\nOpen ${address}\n`) {
    const serve = (connection: ssh2.Connection) => {
      connection.on('authentication', (context) => {
        setTimeout(() => context.accept(), afterMs);
      });
      connection.on('session', (accept) =>
        accept().on('exec', (acceptExec) => {
          const channel = acceptExec();
          channel.exit(0);
          channel.end();
        }),
      );
    };
    const server = await startHostile(bed.directory, serve, { banner: said });
    bed.onCleanup(() => server.stop());
    const client = bed.client();
    const [banners, steps]: [string[], string[]] = [[], []];
    const told = {
      onBanner: (_host: string, text: string) => banners.push(text),
      onStep: (_step: string, text: string) => steps.push(text),
    };
    const target = { host: '127.0.0.1', port: server.port, user: 'ada' };
    const connect = (more: { timeoutMs: number; attended?: boolean }) =>
      client.pool.connect(target, client.options({}, { ...told, ...more }));
    return { connect, banners, steps };
  }

  it('is shown at once and made harmless, and a sign-in elsewhere stops the clock', async () => {
    const { connect, banners, steps } = await checking(2500);
    const connection = await connect({ timeoutMs: 1500 });
    expect(banners).toEqual([`Another check.\nOpen ${address}`]);
    expect(steps.join('\n')).toMatch(/waits, perhaps for a sign-in elsewhere/);
    expect((await connection.exec('true', { signal: never })).exitCode).toBe(0);
  });

  it('stands in the error where nobody is there and the time runs out', async () => {
    const { connect, banners } = await checking(5000);
    const error = await errorOf(connect({ timeoutMs: 1200, attended: false }));
    expect(error.code).toBe('SSH_TIMEOUT');
    expect(error.data.banners).toEqual(banners);
    expect(error.hint).toMatch(/Do what the machine asks for/);
  });

  it('stops no clock where it holds no address', async () => {
    const { connect } = await checking(5000, 'Authorised use only.');
    expect((await errorOf(connect({ timeoutMs: 1200 }))).code).toBe('SSH_TIMEOUT');
  });

  it('is cut where it is long', async () => {
    const { connect, banners } = await checking(0, 'x'.repeat(20_000));
    await connect({ timeoutMs: 5000 });
    expect(banners.join('').length).toBeLessThan(5000);
    await pause(0);
  });
});
