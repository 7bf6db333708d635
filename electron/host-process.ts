import './host/small-heap.ts';
import { parseArgs } from 'node:util';
import { keepRunning, startHost } from './host/host.ts';
import { runHost } from './shell/host-runner.ts';

/** Entry of the utility process: the host, with the main process and the windows as its clients. */
const { values } = parseArgs({
  args: process.argv.slice(2),
  options: {
    data: { type: 'string', default: '' },
    resources: { type: 'string', default: '' },
    release: { type: 'string', default: '' },
  },
});

await runHost({
  parent: process.parentPort,
  start: async (keyStore) => {
    const host = await startHost({
      dataDirectory: values.data,
      resourcesDirectory: values.resources,
      version: values.release,
      shell: 'desktop',
      keyStore,
    });
    keepRunning(host.report);
    return host;
  },
  onTerminate: (listener) => process.on('SIGTERM', listener),
  exit: (code) => process.exit(code),
  log: (line) => void process.stderr.write(`${line}\n`),
});
