import type { LogSource } from '../../../../../shared/cluster/pods/pod-log.ts';
import type { LogTag } from '../../../../ui/log-view/log-view.tsx';

const hues = 8;

/**
 * What lines of several containers begin with: as much of pod and container as tells them apart, and a
 * colour beside it. Null: there is only one.
 */
export function tagsOf(
  sources: ReadonlyMap<number, Pick<LogSource, 'index' | 'pod' | 'container'>>,
): ReadonlyMap<number, LogTag> | undefined {
  const all = [...sources.values()];
  if (all.length < 2) return undefined;
  const pods = [...new Set(all.map(({ pod }) => pod))];
  const containers = new Set(all.map(({ container }) => container));
  const begin = commonBegin(pods);
  return new Map(
    all.map(({ index, pod, container }) => {
      const words = [
        ...(pods.length > 1 ? [pod.slice(begin)] : []),
        ...(containers.size > 1 ? [container] : []),
      ];
      return [index, { label: words.join('/'), hue: (index % hues) + 1 }];
    }),
  );
}

/** Up to a dash, so that no word is cut; of one pod alone all of it stays. */
function commonBegin(pods: readonly string[]): number {
  const [first = '', ...others] = pods;
  if (others.length === 0) return 0;
  let length = 0;
  while (length < first.length && others.every((each) => each[length] === first[length])) {
    length += 1;
  }
  return first.lastIndexOf('-', length - 1) + 1;
}

const words = {
  opening: 'is being opened',
  following: 'is followed',
  waiting: 'waits',
  lost: 'cannot be reached',
  ended: 'has ended',
  failed: 'cannot be read',
} as const satisfies Record<LogSource['state'], string>;

/** Those of which nothing comes, though one would think so, each with why. */
export function troublesOf(sources: readonly LogSource[]): readonly string[] {
  return sources
    .filter(({ state }) => state === 'waiting' || state === 'lost' || state === 'failed')
    .map(({ pod, container, state, why }) => {
      const what = `${container === '' ? pod : `${container} of ${pod}`} ${words[state]}`;
      return why === null ? `${what}.` : `${what}: ${why.replace(/\.$/, '')}.`;
    });
}
