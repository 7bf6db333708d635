// Run on its own by ssh-pool.test.ts: connects, runs a command, fails once, closes, and has to end
// by itself. Prints what still holds the process at that point.
import { setTimeout as pause } from 'node:timers/promises';
import { sshTarget } from '../../../shared/model/ssh.ts';
import { never, testClient } from './client.ts';

const target = sshTarget.parse(JSON.parse(process.argv[2] ?? ''));
const client = testClient();
const connection = await client.pool.connect(target, client.options());
const result = await connection.exec('echo in', { signal: never });
// Time limits that are still running and a command cut short must leave nothing either.
await connection.exec('sleep 5', { signal: never, timeoutMs: 100 }).catch(() => {});
await client.pool.connect({ ...target, port: 1 }, client.options()).catch(() => {});
await client.close();
const left = () =>
  process
    .getActiveResourcesInfo()
    .filter((name) => ['TCPSocketWrap', 'TCPWRAP', 'Timeout'].includes(name));
// Sockets take a moment to close.
for (let tries = 0; tries < 100 && left().length > 0; tries += 1) await pause(20);
process.stdout.write(JSON.stringify({ out: result.stdout.toString(), left: left() }));
