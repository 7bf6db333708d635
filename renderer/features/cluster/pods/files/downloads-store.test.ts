import { expect, it, vi } from 'vitest';
import type { DownloadEvent, PodDownload } from '../../../../../shared/cluster/pods/pod-file.ts';
import { createDownloadsStore } from './downloads-store.ts';

const asked: PodDownload = {
  ...{ contextId: 'home', namespace: 'web', pod: 'web-1', container: 'app' },
  ...{ path: '/etc/hosts', to: '/tmp', replace: false },
};
const done: DownloadEvent = {
  ...{ type: 'done', path: '/tmp/hosts', size: 4, sha256: 'a', compared: true },
};

function setUp(steps: readonly (DownloadEvent | Error | 'wait')[]) {
  const download = async (_: PodDownload, { signal }: { signal: AbortSignal }) =>
    (async function* () {
      for (const step of steps) {
        if (step instanceof Error) throw step;
        if (step !== 'wait') yield step;
        else
          await new Promise((_, reject) => {
            signal.addEventListener('abort', () => reject(new DOMException('left', 'AbortError')));
          });
      }
    })();
  const client = { cluster: { pods: { files: { download } } } } as unknown as Parameters<
    typeof createDownloadsStore
  >[0]['client']; // nothing else is called
  const store = createDownloadsStore({ client });
  const states = () => store.store.getState().downloads.map(({ state }) => state.type);
  return { store, states };
}

const reading: DownloadEvent = { type: 'reading', done: 0, total: 4 };

it('goes on by itself once it began, and is told of until it is cleared', async () => {
  const { store, states } = setUp([reading, { type: 'comparing' }, done]);
  expect(await store.start(asked)).toBeNull();
  await vi.waitFor(() => expect(states()).toEqual(['done']));
  store.clear();
  expect(states()).toEqual([]);
});

it('tells what is in its way where it was asked for, and what came later in the list', async () => {
  const refused = setUp([new Error('there is one')]);
  expect(await refused.store.start(asked)).toMatchObject({ message: 'there is one' });
  expect(refused.states()).toEqual([]);
  const broken = setUp([reading, new Error('broke off')]);
  expect(await broken.store.start(asked)).toBeNull();
  await vi.waitFor(() => expect(broken.states()).toEqual(['failed']));
});

it('is cancelled by leaving it', async () => {
  const { store, states } = setUp([reading, 'wait']);
  await store.start(asked);
  const [id = ''] = store.store.getState().downloads.map((each) => each.id);
  store.cancel(id);
  expect(states()).toEqual(['cancelled']);
});
