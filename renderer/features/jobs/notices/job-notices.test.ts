import { beforeEach, expect, it } from 'vitest';
import type { JobState } from '../../../../shared/jobs/job-state.ts';
import { specimenError, specimenJob } from '../page/job-specimens.ts';
import { createJobNotices } from './job-notices.ts';

interface Shown {
  readonly title: string;
  readonly options: { readonly body?: string };
  readonly press: () => void;
}

let shown: Shown[] = [];
let focused = false;
let answer: NotificationPermission = 'granted';
beforeEach(() => {
  shown = [];
  focused = false;
  answer = 'granted';
});

class FakeNotification extends EventTarget {
  static permission: NotificationPermission = 'default';
  static async requestPermission() {
    FakeNotification.permission = answer;
    return answer;
  }
  constructor(title: string, options: { readonly body?: string }) {
    super();
    shown.push({ title, options, press: () => this.dispatchEvent(new Event('click')) });
  }
  close() {}
}

function setUp(shell: 'desktop' | 'browser') {
  FakeNotification.permission = 'default';
  const kept = new Map<string, string>();
  const opened: string[] = [];
  const posted: unknown[] = [];
  const target = new EventTarget();
  const view = Object.assign(target, {
    Notification: FakeNotification,
    ...(shell === 'desktop' && { rackhelm: { shell } }),
    localStorage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    },
    location: { origin: 'app://rackhelm' },
    document: { hasFocus: () => focused },
    focus() {},
    postMessage: (message: unknown) => void posted.push(message),
  }) as unknown as Window & typeof globalThis; // all that is used of it
  const make = () => createJobNotices({ view, onOpen: (id) => opened.push(id) });
  return { view, notices: make(), make, opened, posted };
}

const long = { startedAt: 1_000, endedAt: 95_000 };
const done: JobState = { state: 'done', ...long };

it('shows nothing in a browser before the person allowed it, and stays so if they refuse', async () => {
  const { notices } = setUp('browser');
  notices.take(specimenJob(done));
  answer = 'denied';
  await notices.choose(true);
  expect(notices.store.getState()).toEqual({ on: false, blocked: true });
  notices.take(specimenJob({ ...done, endedAt: 96_000 }));
  expect(shown).toEqual([]);
});

it('tells once of a long job that ended, and leads to it', async () => {
  const { notices, make, opened } = setUp('browser');
  await notices.choose(true);
  notices.take(specimenJob(done));
  notices.take(specimenJob(done));
  expect(shown.map(({ title, options }) => [title, options.body])).toEqual([
    ['Done: Onboard pi-1 and pi-2', 'It took 1 min 34 s. Setting up chrony (4.5-1) …'],
  ]);
  shown[0]?.press();
  expect(opened).toEqual([specimenJob(done).id]);
  expect(make().store.getState().on).toBe(true);
});

it('leaves alone who looks at the window, who cancelled, and who waited a moment only', async () => {
  const { notices } = setUp('browser');
  await notices.choose(true);
  notices.take(specimenJob({ ...done, endedAt: 30_000 }));
  notices.take(specimenJob({ state: 'cancelled', ...long }));
  notices.take(specimenJob({ state: 'running', startedAt: 1 }));
  focused = true;
  notices.take(specimenJob(done));
  expect(shown).toEqual([]);
});

it('asks the desktop shell, from the start, also for a job that asks', () => {
  const { notices, posted, view, opened } = setUp('desktop');
  notices.take(specimenJob({ state: 'asking', startedAt: 1 }));
  notices.take(specimenJob({ state: 'failed', ...long, error: specimenError }));
  expect(posted).toMatchObject([
    { type: 'rackhelm-notice', notice: { title: 'Asks you: Onboard pi-1 and pi-2' } },
    { type: 'rackhelm-notice', notice: { body: specimenError.message } },
  ]);
  const press = (data: unknown) =>
    view.dispatchEvent(
      Object.assign(new Event('message'), { source: view, origin: 'app://rackhelm', data }),
    );
  press({ type: 'rackhelm-pressed', id: specimenJob(done).id });
  press({ type: 'rackhelm-pressed', id: '../nonsense' });
  expect(opened).toEqual([specimenJob(done).id]);
});
