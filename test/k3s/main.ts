import { runAgent } from './agent.ts';
import { endWith } from './child.ts';
import { runCertificate } from './commands/certificate.ts';
import { runKubectl } from './commands/kubectl.ts';
import { runSnapshot } from './commands/snapshot.ts';
import { runToken } from './commands/token.ts';
import { Fatal, log, Panic, reasonOf } from './log.ts';
import { readOptions, UnknownFlag } from './options.ts';
import { forgetRoutes } from './pod-network.ts';
import { runServer } from './server.ts';
import { versionText } from './version.ts';

/**
 * Stands for the binary of K3s on nodes of the rack: its commands, files, ports and words are those of K3s as
 * far as Rackhelm relies on them; the Kubernetes that it brings up is real.
 */
const commands: Readonly<Record<string, (words: readonly string[]) => Promise<void>>> = {
  server: async (words) => await runServer(readOptions('server', words)),
  agent: async (words) => await runAgent(readOptions('agent', words)),
  token: runToken,
  'etcd-snapshot': runSnapshot,
  certificate: runCertificate,
  kubectl: runKubectl,
};

function printVersion(): void {
  process.stdout.write(`k3s version ${versionText()} (00000000)\ngo version go1.26.0\n`);
}

/** A port that somebody else has, as Go says it. */
function inGo(error: unknown): string {
  const reason = reasonOf(error);
  const port = /EADDRINUSE.*:(\d+)$/.exec(reason)?.[1];
  return port === undefined ? reason : `listen tcp :${port}: bind: address already in use`;
}

function refuse(error: unknown): void {
  if (error instanceof Panic)
    process.stderr.write(`panic: ${error.message}\n\ngoroutine 1 [running]:\n`);
  else if (error instanceof UnknownFlag)
    process.stderr.write(`Incorrect Usage: ${error.message}\n`);
  else if (error instanceof Fatal) log('fatal', error.message);
  else log('fatal', `starting kubernetes: ${inGo(error)}`);
  void endWith(error instanceof Panic ? 2 : 1);
}

const [name = '', ...words] = process.argv.slice(2);
const command = commands[name];
// All is well, and yet K3s says 1.
const stop = () => {
  forgetRoutes();
  void endWith(1);
};
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
process.on('uncaughtException', refuse);
process.on('unhandledRejection', refuse);
if (name === '--version' || name === '-v') printVersion();
else if (command) command(words).catch(refuse);
else {
  process.stderr.write(`No help topic for '${name}'\n`);
  process.exitCode = 3;
}
