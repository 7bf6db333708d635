/** How values read in the face. Everything here is pure: `now` and the like are given. */

import { formatCount } from '../../shared/model/amounts.ts';

export { formatBytes, formatCount } from '../../shared/model/amounts.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** `just now`, `5 minutes ago`, `yesterday`, `12 days ago`, then the date. */
export function formatAgo(at: number, now: number): string {
  const passed = now - at;
  if (passed < minute) return 'just now';
  if (passed < hour) return `${formatCount(Math.floor(passed / minute), 'minute')} ago`;
  if (passed < day) return `${formatCount(Math.floor(passed / hour), 'hour')} ago`;
  if (passed < 2 * day) return 'yesterday';
  if (passed < 30 * day) return `${Math.floor(passed / day)} days ago`;
  return formatDate(at);
}

/** The same where there is little room: `5 min ago`, `3 h ago`. */
export function formatShortAgo(at: number, now: number): string {
  const passed = now - at;
  if (passed < minute || passed >= day) return formatAgo(at, now);
  if (passed < hour) return `${Math.floor(passed / minute)} min ago`;
  return `${Math.floor(passed / hour)} h ago`;
}

/** `22 Nov 2026`, in this computer's time zone. */
export function formatDate(at: number): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' }).format(at);
}

/** `22 Nov 2026, 08:30`. */
export function formatDateTime(at: number): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(at);
}

/** `Today`, `Yesterday`, `Friday, 27 November`, `27 November 2025`: a day of this computer's calendar. */
export function formatDay(at: number, now: number): string {
  const [then, today] = [new Date(at), new Date(now)];
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
  if (then.toDateString() === today.toDateString()) return 'Today';
  if (then.toDateString() === yesterday.toDateString()) return 'Yesterday';
  const date = { day: 'numeric', month: 'long' } as const;
  return then.getFullYear() === today.getFullYear()
    ? new Intl.DateTimeFormat('en-GB', { weekday: 'long', ...date }).format(at).replace(/,? /, ', ')
    : new Intl.DateTimeFormat('en-GB', { ...date, year: 'numeric' }).format(at);
}

/** `08:30`. */
export function formatTime(at: number): string {
  return new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' }).format(at);
}

// Made once: a log shows hundreds of times a second, and making one takes longer than using it.
const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

/** `08:30:17`. */
export function formatClock(at: number): string {
  return clock.format(at);
}

/** `320 ms`, `4.2 s`, `3 min 12 s`, `1 h 31 min`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${(ms / 1000).toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Up time: `12 days, 4 hours`. */
export function formatUptime(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3600);
  if (days > 0) return `${formatCount(days, 'day')}, ${formatCount(hours, 'hour')}`;
  if (hours > 0) return formatCount(hours, 'hour');
  return formatCount(Math.max(1, Math.floor(seconds / 60)), 'minute');
}
