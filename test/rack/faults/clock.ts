import { globSync } from 'node:fs';
import { RackError } from '../rack-error.ts';
import { type Fault, inNode } from './fault.ts';

const day = 86_400;
/** Before /usr/bin on every PATH of the nodes. */
const wrapper = '/usr/local/bin/date';
const environment = '/etc/environment';

function faketimeLibrary(): string | null {
  return globSync('/usr/lib/*/faketime/libfaketime.so.1')[0] ?? null;
}

/**
 * The kernel has one real-time clock for all nodes. What a node sees of a wrong one: `date` is off by
 * the offset, and so is every dynamically linked program of a new login session where Debian's
 * libfaketime is there. Time stamps of files, and services that run already, keep the right time.
 */
export const wrongClock: Fault = {
  description: 'date and (with libfaketime) the programs of new login sessions see a wrong time',
  plan: ({ spec }, options) => {
    if (spec.look !== 'alpine') return { offset: options.offset ?? day };
    throw new RackError('busybox knows date itself: its clock can only be that of the kernel.');
  },
  set: async (target, record) => {
    const offset = Number(record.offset);
    const date = (await inNode(target, 'readlink -f "$(command -v date)"')).trim();
    await inNode(
      target,
      `mkdir -p /usr/local/bin && cat >${wrapper} && chmod 755 ${wrapper}`,
      `#!/bin/sh\nunset LD_PRELOAD\nexec ${date} -d "@$(( $(${date} +%s) + ${offset} ))" "$@"\n`,
    );
    const library = faketimeLibrary();
    if (!library) return;
    const lines = [
      `LD_PRELOAD=${library}`,
      `FAKETIME=${offset < 0 ? '' : '+'}${offset}`,
      // A jump of the monotonic clock would break time-outs, which a wrong wall clock does not.
      'FAKETIME_DONT_FAKE_MONOTONIC=1',
    ];
    await inNode(target, `cat >${environment}`, `${lines.join('\n')}\n`);
  },
  clear: async (target) => {
    await inNode(target, `rm -f ${wrapper} ${environment}`);
  },
};
