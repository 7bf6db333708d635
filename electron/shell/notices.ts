import type { NotificationConstructorOptions } from 'electron';
import { type DesktopNotice, desktopNotice } from '../../shared/desktop-notice.ts';
import { noticeChannel, pressedChannel } from './port-channel.ts';
import { comesFromOurPage, type PortRequest } from './port-handover.ts';
import type { ShellWindow } from './window.ts';

/** What is used of Electron's Notification. */
export interface ShellNotification {
  on(event: 'click' | 'close', listener: () => void): unknown;
  show(): void;
}

export interface NotificationClass {
  new (options: NotificationConstructorOptions): ShellNotification;
  isSupported(): boolean;
}

export interface NoticeRequests {
  on(
    channel: typeof noticeChannel,
    listener: (event: PortRequest, notice: unknown) => void,
  ): unknown;
}

export interface NoticeOptions {
  readonly window: () => ShellWindow | null;
  readonly focus: (window: ShellWindow) => void;
  readonly Notification: NotificationClass;
  readonly log: (line: string) => void;
}

/** A page that went wild must not cover the screen. */
const mostAtOnce = 5;

/** Shows what our own page asks for; who presses it comes to the window, and to the job in it. */
export function showNotices(requests: NoticeRequests, options: NoticeOptions): void {
  // Kept, or they would be gone before they are pressed.
  const shown = new Set<ShellNotification>();
  requests.on(noticeChannel, (request, said) => {
    const page = options.window()?.webContents ?? null;
    const notice = desktopNotice.safeParse(said);
    if (!comesFromOurPage(request, page) || !notice.success) {
      options.log('Refused a notice that is none of our page.');
      return;
    }
    if (!options.Notification.isSupported() || shown.size >= mostAtOnce) return;
    shown.add(show(notice.data, options, (gone) => shown.delete(gone)));
  });
}

function show(
  { jobId, title, body }: DesktopNotice,
  { Notification, window, focus }: NoticeOptions,
  onGone: (notification: ShellNotification) => void,
): ShellNotification {
  const notification = new Notification({ title, body });
  notification.on('close', () => onGone(notification));
  notification.on('click', () => {
    onGone(notification);
    const open = window();
    if (open === null) return;
    focus(open);
    if (!open.webContents.isDestroyed()) open.webContents.postMessage(pressedChannel, jobId);
  });
  notification.show();
  return notification;
}
