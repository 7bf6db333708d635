import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { describeWith, errorOf, never, startSecurityKeyAgent, useTestBed } from './sshd/index.ts';

describeWith(['sshd'], 'agents that ask a person', () => {
  const bed = useTestBed();

  async function withSecurityKey(touch: () => Promise<boolean>) {
    const agent = await startSecurityKeyAgent(bed.directory, touch);
    bed.onCleanup(() => agent.stop());
    const sshd = await bed.sshd({ authorized: [agent.publicLine] });
    const client = bed.client({ environment: { SSH_AUTH_SOCK: agent.socket } });
    const target = { host: '127.0.0.1', port: sshd.port, user: sshd.user };
    const steps: string[] = [];
    const onStep = (_step: string, text: string) => steps.push(text);
    return { agent, client, target, steps, onStep };
  }

  it('logs in with a security key, and says whom it waits for while the clock stands', async () => {
    const touched = () => pause(2500).then(() => true);
    const { client, target, steps, onStep } = await withSecurityKey(touched);
    const options = client.options({}, { onStep, timeoutMs: 2000 });
    const connection = await client.pool.connect(target, options);
    expect((await connection.exec('echo in', { signal: never })).stdout.toString()).toBe('in\n');
    expect(steps.join('\n')).toMatch(/Waiting for a touch of your security key/);
  });

  it('does not wait longer than its time where nobody is there, and says what it waited for', async () => {
    const { client, target } = await withSecurityKey(() => pause(5000).then(() => false));
    const options = client.options({}, { timeoutMs: 1500, attended: false });
    const error = await errorOf(client.pool.connect(target, options));
    expect(error.code).toBe('SSH_TIMEOUT');
    expect(error.message).toMatch(/waiting for a touch of your security key/);
  });

  it('says that the agent refused', async () => {
    const { client, target } = await withSecurityKey(async () => false);
    const error = await errorOf(client.pool.connect(target, client.options()));
    expect(error.code).toBe('SSH_AUTH_FAILED');
    expect(error.hint).toMatch(/did not sign with token \(agent\): .*refused/);
  });

  it('can be cancelled while it waits', async () => {
    const { client, target, agent } = await withSecurityKey(() => pause(5000).then(() => true));
    const cancel = new AbortController();
    const connecting = errorOf(
      client.pool.connect(target, client.options({}, { signal: cancel.signal })),
    );
    while (agent.asked() === 0) await pause(20);
    cancel.abort();
    expect((await connecting).code).toBe('SSH_CANCELLED');
  });
});
