import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import {
  describeWith,
  errorOf,
  freePort,
  never,
  type Sshd,
  startImpostor,
  useTestBed,
} from './sshd/index.ts';

describeWith(['sshd'], 'jump hosts', () => {
  const bed = useTestBed();

  const config = (home: string, text: string) => {
    mkdirSync(path.join(home, '.ssh'), { recursive: true });
    writeFileSync(path.join(home, '.ssh', 'config'), text);
  };
  const block = (name: string, sshd: Sshd, more = '') =>
    `Host ${name}\n  HostName 127.0.0.1\n  Port ${sshd.port}\n  User ${sshd.user}\n  IdentityFile ${bed.key.path}\n  ${more}\n`;

  it('goes through two, each with its own key question, and shows where it came from', async () => {
    const [one, two, end] = [await bed.sshd(), await bed.sshd(), await bed.sshd()];
    const client = bed.client();
    config(client.home, `Host *\n  IdentityFile ${bed.key.path}\n`);
    const jump = [`${one.user}@127.0.0.1:${one.port}`, `${two.user}@127.0.0.1:${two.port}`];
    const connection = await client.pool.connect(bed.target(end, { jump }), client.options());
    const result = await connection.exec('echo $SSH_CONNECTION', { signal: never });
    expect(result.stdout.toString().trim().endsWith(` ${end.port}`)).toBe(true);
    expect(one.log()).toContain(`direct-tcpip`);
    expect(client.keys.keys.map(({ host }) => host)).toEqual(
      [one, two, end].map(({ port }) => `[127.0.0.1]:${port}`),
    );
    expect(connection.resolved.jump).toEqual(jump);
  });

  it('tries the key that was named for the machine on the jump hosts named with it', async () => {
    const [one, two, end] = [await bed.sshd(), await bed.sshd(), await bed.sshd()];
    const client = bed.client();
    const jump = [`${one.user}@127.0.0.1:${one.port}`, `${two.user}@127.0.0.1:${two.port}`];
    const target = { ...bed.target(end, { jump }), identityFile: bed.key.path };
    const connection = await client.pool.connect(target, client.options());
    const result = await connection.exec('echo there', { signal: never });
    expect(result.stdout.toString()).toBe('there\n');
  });

  it('follows aliases of the configuration, one behind the other', async () => {
    const [one, two, end] = [await bed.sshd(), await bed.sshd(), await bed.sshd()];
    const client = bed.client();
    config(
      client.home,
      block('one', one) + block('two', two, 'ProxyJump one') + block('end', end, 'ProxyJump two'),
    );
    const connection = await client.pool.connect({ host: 'end' }, client.options());
    expect(connection.resolved.jump.map((hop) => hop.split(':')[1])).toEqual(
      [one, two].map(({ port }) => String(port)),
    );
  });

  it('serves many machines over one connection to the jump host', async () => {
    const [jump, end] = [await bed.sshd(), await bed.sshd()];
    const client = bed.client();
    config(client.home, block('jump', jump) + block('a b c', end, 'ProxyJump jump'));
    const targets = ['a', 'b', 'c'].map((host) => ({ host, identityFile: bed.key.path }));
    await Promise.all(targets.map((target) => client.pool.connect(target, client.options())));
    expect(client.questions).toHaveLength(2);
    expect(jump.log().match(/Accepted publickey/g)).toHaveLength(1);
  });

  it('names the jump host that refused, and keeps the cause', async () => {
    const end = await bed.sshd();
    const port = await freePort();
    const client = bed.client();
    const target = bed.target(end, { jump: [`nobody@127.0.0.1:${port}`] });
    const error = await errorOf(client.pool.connect(target, client.options()));
    expect(error.code).toBe('SSH_JUMP_FAILED');
    expect(error.message).toContain(`nobody@127.0.0.1:${port}`);
    expect(error.cause).toMatchObject({ code: 'SSH_REFUSED' });
    expect(error.data).toMatchObject({ hop: `nobody@127.0.0.1:${port}`, code: 'SSH_REFUSED' });
  });

  it('names the jump host that could not reach the next machine', async () => {
    const jump = await bed.sshd();
    const client = bed.client();
    config(client.home, block('jump', jump));
    const port = await freePort();
    const error = await errorOf(
      client.pool.connect({ host: '127.0.0.1', port, jump: ['jump'] }, client.options()),
    );
    expect(error.code).toBe('SSH_JUMP_FAILED');
    expect(error.message).toContain(`127.0.0.1:${port}`);
    expect(error.cause).toMatchObject({ code: 'SSH_REFUSED' });
  });

  it('names the jump host that may not forward', async () => {
    const jump = await bed.sshd({ config: ['AllowTcpForwarding no'] });
    const end = await bed.sshd();
    const client = bed.client();
    config(client.home, block('jump', jump));
    const target = bed.target(end, { jump: ['jump'] });
    const error = await errorOf(client.pool.connect(target, client.options()));
    expect(error.code).toBe('SSH_JUMP_FAILED');
    expect(error.message).toContain('prohibited');
  });

  it('names the jump host that is silent, in time', async () => {
    const silent = await startImpostor((socket) => socket.resume());
    bed.onCleanup(() => silent.stop());
    const end = await bed.sshd();
    const client = bed.client();
    const started = performance.now();
    const target = bed.target(end, { jump: [`127.0.0.1:${silent.port}`] });
    const error = await errorOf(
      client.pool.connect(target, client.options({}, { timeoutMs: 1500 })),
    );
    expect(error.code).toBe('SSH_JUMP_FAILED');
    expect(error.cause).toMatchObject({ code: 'SSH_TIMEOUT' });
    expect(performance.now() - started).toBeLessThan(2200);
  });

  it('blames the machine itself when it is silent behind the jump host', async () => {
    const silent = await startImpostor((socket) => socket.resume());
    bed.onCleanup(() => silent.stop());
    const jump = await bed.sshd();
    const client = bed.client();
    config(client.home, block('jump', jump));
    const error = await errorOf(
      client.pool.connect(
        { host: '127.0.0.1', port: silent.port, jump: ['jump'] },
        client.options({}, { timeoutMs: 2500 }),
      ),
    );
    expect(error.code).toBe('SSH_TIMEOUT');
    expect(error.message).toContain(String(silent.port));
  });

  it('loses the command when the jump host dies, and comes back through it', async () => {
    const [jump, end] = [await bed.sshd(), await bed.sshd()];
    const client = bed.client();
    config(client.home, block('jump', jump) + block('end', end, 'ProxyJump jump'));
    const connection = await client.pool.connect({ host: 'end' }, client.options());
    const running = errorOf(connection.exec('sleep 10', { signal: never }));
    await end.logged(/Starting session: command/);
    jump.signalSessions('SIGKILL');
    expect((await running).code).toBe('SSH_CONNECTION_LOST');
    expect((await connection.exec('echo back', { signal: never })).exitCode).toBe(0);
  });
});
