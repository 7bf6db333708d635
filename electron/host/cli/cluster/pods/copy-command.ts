import path from 'node:path';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import type { Installation } from '../../../installation.ts';
import { print, printJson, tell } from '../../terminal/output.ts';
import { onePod, type PodOptions, withPods } from './pods-session.ts';

export interface CopyOptions extends PodOptions {
  readonly container?: string;
  readonly replace?: true;
}

/** `rackhelm cluster copy POD:/PATH TO`. */
export function copyFromPod(
  installation: Installation,
  { from, to }: { readonly from: string; readonly to: string },
  options: CopyOptions,
): Promise<void> {
  const [, named = '', file = ''] = /^([^:]+):(\/.*)$/s.exec(from) ?? [];
  if (file === '') {
    throw new RackhelmError('INVALID_INPUT', `${from} names no file of a pod.`, {
      hint: 'Write POD:/path/of/the/file.',
    });
  }
  return withPods(installation, options, async ({ pods, contextId, signal }) => {
    const { container } = options;
    const place = await onePod({ pods, contextId, signal }, { named, container }, options);
    const asked = {
      ...{ ...place, path: file },
      ...{ to: path.resolve(to), replace: options.replace === true },
    };
    const shows = process.stderr.isTTY === true && !options.json;
    for await (const event of pods.download(asked, signal)) {
      if (event.type === 'done') {
        const { path: where, size, sha256, compared } = event;
        if (options.json) printJson({ path: where, size, sha256, compared });
        else print(`${where}: ${size} bytes, sha256 ${sha256}\n`);
        if (!compared)
          tell('Its hash could not be compared: the container has nothing to tell it.\n');
      } else if (shows && event.type === 'reading' && event.done > 0) {
        tell(`${event.done} of ${event.total} bytes\n`);
      }
    }
  });
}
