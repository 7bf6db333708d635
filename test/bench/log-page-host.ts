/** The host whose log page is measured. Arguments: the data directory, lines a second.
 * Prints its address and the job that talks. */
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { FakeWork } from '../../electron/host/engine/jobs/fake-work.ts';
import { HostState } from '../../electron/host/host-state.ts';
import { findInstallation } from '../../electron/host/installation.ts';
import { serveWebSocket } from '../../electron/host/rpc/index.ts';
import { startWebServer } from '../../electron/host/web/web-server.ts';
import { lanes } from './engine.ts';

const [directory = '', rate = '0'] = process.argv.slice(2);
const report = (error: unknown) => process.stderr.write(`${String(error)}\n`);
const installation = findInstallation(path.resolve(import.meta.dirname));
const state = new HostState({
  ...installation,
  dataDirectory: directory,
  shell: 'browser',
  report,
});
const server = await startWebServer({
  port: 0,
  staticRoot: installation.staticRoot,
  onSocket: (socket) => serveWebSocket(socket, state),
  report,
});
const { jobs } = state.ready();
const work = new FakeWork();
/** Eight lanes of a job run at once: each says as much as two machines. */
const eachSecond = Number(rate) / (lanes / 2);
work.onDeed = async (deed, { log, signal }) => {
  if (!deed.startsWith('apply')) return;
  const began = performance.now();
  for (let said = 0; !signal.aborted; ) {
    await pause(10 + 20 * Math.random());
    const due = ((performance.now() - began) / 1_000) * eachSecond;
    for (; said < due; said += 1) log(lineOf(said), 'out');
  }
};
const lineOf = (n: number) =>
  `Get:${n} http://deb.debian.org/debian trixie/main amd64 package-${n} [12.3 kB]`;
jobs.register(work.kind);
const plan = work.plan(
  Object.fromEntries(Array.from({ length: lanes / 2 }, (_, n) => [`pi-${n}`, ['a', 'b']])),
);
const request = { kind: 'making', title: 'Make it', input: null, by: 'window' } as const;
const { id } = await jobs.start({ ...request, plan, attended: true });
process.stdout.write(`${JSON.stringify({ address: server.newAddress(), id })}\n`);
process.on('SIGTERM', () => {
  jobs.cancel(id);
  void state.close().finally(() => process.exit(0));
});
