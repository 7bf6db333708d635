import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DesktopNotice } from '../../../../shared/desktop-notice.ts';
import type { JobSummary } from '../../../../shared/jobs/job.ts';
import { id as jobId } from '../../../../shared/model/inventory.ts';
import { detectShell } from '../../../rpc/shell.ts';
import { noticeKey, noticeOf } from './job-notice.ts';

export interface NoticeState {
  readonly on: boolean;
  /** The browser does not let this page show any, whatever is chosen here. */
  readonly blocked: boolean;
}

/** Notices of the desktop, for a person who does something else meanwhile. */
export interface JobNotices {
  readonly store: StoreApi<NoticeState>;
  take(job: JobSummary): void;
  /** A browser asks the person then, who may refuse. */
  choose(on: boolean): Promise<void>;
}

interface Needs {
  readonly view: Window & typeof globalThis;
  readonly onOpen: (jobId: string) => void;
}

const storageKey = 'rackhelm-notices';
const remembered = 200;

export function createJobNotices({ view, onOpen }: Needs): JobNotices {
  const desktop = detectShell(view) === 'desktop';
  // A browser's own; it may lack them, as in a page that is served without encryption from afar.
  const Browser = desktop ? undefined : view.Notification;
  const refused = () => !desktop && Browser?.permission !== 'granted';
  const stored = view.localStorage.getItem(storageKey);
  const store = createStore<NoticeState>(() => ({
    on: stored === null ? desktop : stored === 'on' && !refused(),
    blocked: !desktop && (Browser === undefined || Browser.permission === 'denied'),
  }));
  const told = new Set<string>();

  if (desktop) {
    view.addEventListener('message', ({ source, origin, data }: MessageEvent<unknown>) => {
      if (source !== view || origin !== view.location.origin) return;
      if (typeof data !== 'object' || data === null || !('type' in data && 'id' in data)) return;
      const id = jobId.safeParse(data.id);
      if (data.type === 'rackhelm-pressed' && id.success) onOpen(id.data);
    });
  }

  function show(notice: DesktopNotice): void {
    if (desktop) {
      view.postMessage({ type: 'rackhelm-notice', notice }, view.location.origin);
      return;
    }
    if (Browser === undefined || refused()) return;
    // Of several windows the last one replaces what the others showed.
    const shown = new Browser(notice.title, { body: notice.body, tag: `rackhelm ${notice.jobId}` });
    shown.addEventListener('click', () => {
      view.focus();
      onOpen(notice.jobId);
      shown.close();
    });
  }

  return {
    store,
    take(job) {
      const notice = noticeOf(job);
      const key = noticeKey(job);
      if (notice === null || told.has(key)) return;
      told.add(key);
      for (const oldest of told) {
        if (told.size <= remembered) break;
        told.delete(oldest);
      }
      // Who looks at the window sees it there.
      if (store.getState().on && !view.document.hasFocus()) show(notice);
    },
    async choose(on) {
      const asked = on && Browser !== undefined ? await Browser.requestPermission() : 'granted';
      const allowed = desktop || (Browser !== undefined && asked === 'granted');
      view.localStorage.setItem(storageKey, on && allowed ? 'on' : 'off');
      store.setState({ on: on && allowed, blocked: on && !allowed });
    },
  };
}
