// Run on its own by ssh-pool.test.ts: connects, runs a command, fails once, closes, and has to end
// by itself. Prints what still holds the process at that point.
import { sshTarget } from '../../../shared/model/ssh.ts';
import { testClient } from './client.ts';

const target = sshTarget.parse(JSON.parse(process.argv[2] ?? ''));
const client = testClient();
const connection = await client.pool.connect(target, client.options());
const signal = new AbortController().signal;
const result = await connection.exec('echo in', { signal });
// Time limits that are still running and a command cut short must leave nothing either.
await connection.exec('sleep 5', { signal, timeoutMs: 100 }).catch(() => {});
await client.pool.connect({ ...target, port: 1 }, client.options()).catch(() => {});
await client.close();
// Sockets take a moment to close.
await new Promise((resolve) => setTimeout(resolve, 100));
const left = process
  .getActiveResourcesInfo()
  .filter((name) => ['TCPSocketWrap', 'TCPWRAP', 'Timeout'].includes(name));
process.stdout.write(JSON.stringify({ out: result.stdout.toString(), left }));
