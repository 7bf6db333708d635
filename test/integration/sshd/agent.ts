import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

export interface Agent {
  readonly socket: string;
  add(keyPath: string): void;
  stop(): Promise<void>;
}

/**
 * A real ssh-agent with nothing in it. It serves a program that waits for the end of its input, so
 * that it ends with this process, however that ends.
 */
export async function startAgent(directory: string): Promise<Agent> {
  const socket = path.join(directory, 'agent.sock');
  const program = ['sh', '-c', 'echo "$SSH_AGENT_PID"; exec cat'];
  const child = spawn('ssh-agent', ['-a', socket, ...program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(child, 'spawn');
  const ended = once(child, 'exit');
  // The agent listens before it starts the program.
  const [told] = await Promise.race([once(child.stdout, 'data'), ended.then(() => [''])]);
  const pid = Number.parseInt(String(told), 10);
  if (!(pid > 1)) throw new Error('ssh-agent did not start.');
  return {
    socket,
    add(keyPath) {
      execFileSync('ssh-add', ['-q', keyPath], {
        env: { ...process.env, SSH_AUTH_SOCK: socket },
        stdio: 'ignore',
      });
    },
    async stop() {
      process.kill(pid);
      child.stdin.end();
      await ended;
    },
  };
}
