import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

export interface Agent {
  readonly socket: string;
  add(keyPath: string): void;
  stop(): void;
}

/** A real ssh-agent with nothing in it. */
export async function startAgent(directory: string): Promise<Agent> {
  const socket = path.join(directory, 'agent.sock');
  const child = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
  for (let wait = 0; wait < 100 && !existsSync(socket); wait += 1)
    await new Promise((resolve) => setTimeout(resolve, 20));
  return {
    socket,
    add(keyPath) {
      execFileSync('ssh-add', ['-q', keyPath], {
        env: { ...process.env, SSH_AUTH_SOCK: socket },
        stdio: 'ignore',
      });
    },
    stop() {
      child.kill();
    },
  };
}
