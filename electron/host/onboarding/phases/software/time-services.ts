import type { FileEdit } from '../../../engine/phases/index.ts';
import { withLines, withNtpdServers, withoutLines } from './time-text.ts';

export type TimeServiceId = 'chrony' | 'timesyncd' | 'ntp' | 'openntpd' | 'busybox';

export interface TimeFacts {
  /** Which of `timePaths` are there. */
  readonly paths: readonly string[];
  /** Where /usr/sbin/ntpd leads. */
  readonly ntpd: string;
  /** Names of the programs that run. */
  readonly running: readonly string[];
}

export const timePaths = [
  '/usr/sbin/chronyd',
  '/usr/lib/systemd/systemd-timesyncd',
  '/lib/systemd/systemd-timesyncd',
  '/usr/sbin/ntpd',
  '/usr/sbin/openntpd',
  '/etc/chrony/chrony.conf',
  '/etc/chrony.conf',
  '/etc/ntpsec/ntp.conf',
  '/etc/ntp.conf',
  '/etc/openntpd/ntpd.conf',
  '/etc/ntpd.conf',
  '/etc/init.d/ntpd',
] as const;

/** Names under which systemd or OpenRC may start it. */
export const servicesOf: Readonly<Record<TimeServiceId, readonly string[]>> = {
  chrony: ['chrony', 'chronyd'],
  timesyncd: ['systemd-timesyncd'],
  ntp: ['ntpsec', 'ntp', 'ntpd'],
  openntpd: ['openntpd', 'ntpd'],
  busybox: ['ntpd'],
};

function installed({ paths, ntpd }: TimeFacts): TimeServiceId[] {
  const has = (...all: string[]) => all.some((path) => paths.includes(path));
  const isBusybox = ntpd.endsWith('busybox');
  const real = has('/usr/sbin/ntpd') && !isBusybox;
  const open =
    has('/etc/openntpd/ntpd.conf') || (has('/usr/sbin/openntpd') && has('/etc/ntpd.conf'));
  const found: [TimeServiceId, boolean][] = [
    ['chrony', has('/usr/sbin/chronyd')],
    ['timesyncd', has('/usr/lib/systemd/systemd-timesyncd', '/lib/systemd/systemd-timesyncd')],
    ['ntp', real && !open && has('/etc/ntpsec/ntp.conf', '/etc/ntp.conf')],
    ['openntpd', open],
    ['busybox', isBusybox && has('/etc/init.d/ntpd')],
  ];
  return found.filter(([, there]) => there).map(([id]) => id);
}

const programs: Readonly<Record<TimeServiceId, readonly string[]>> = {
  chrony: ['chronyd'],
  // The kernel keeps fifteen characters of a name.
  timesyncd: ['systemd-timesyn'],
  ntp: ['ntpd'],
  openntpd: ['ntpd'],
  busybox: ['ntpd'],
};

/** Uses what is there: the one that runs, else the one that is installed. */
export function timeServiceOf(facts: TimeFacts): TimeServiceId | null {
  const all = installed(facts);
  const runs = all.find((id) => programs[id].some((name) => facts.running.includes(name)));
  return runs ?? all[0] ?? null;
}

/** The file with its servers; null where none are asked for, or it has no file that is known. */
export function serversEdit(
  id: TimeServiceId,
  { paths }: TimeFacts,
  servers: readonly string[],
): FileEdit | null {
  if (servers.length === 0) return null;
  const conf = (...all: string[]) => all.find((path) => paths.includes(path));
  const block = (path: string | undefined, how: (server: string) => string, check?: string) => {
    if (path === undefined) return null;
    const edit = (text: string | null) => withLines(text ?? '', servers.map(how));
    return { path, edit, unedit: withoutLines, ...(check === undefined ? {} : { check }) };
  };
  switch (id) {
    case 'timesyncd':
      return {
        path: '/etc/systemd/timesyncd.conf.d/90-rackhelm.conf',
        edit: () => `# Written by Rackhelm.\n[Time]\nNTP=${servers.join(' ')}\n`,
      };
    case 'chrony':
      return block(
        conf('/etc/chrony/chrony.conf', '/etc/chrony.conf'),
        (server) => `server ${server} iburst prefer`,
        // Versions before 4 cannot look at a file alone.
        'chronyd --help 2>&1 | grep -q -e \'-p\' || exit 0; chronyd -p -f "$f" >/dev/null',
      );
    case 'ntp':
      return block(
        conf('/etc/ntpsec/ntp.conf', '/etc/ntp.conf'),
        (server) => `server ${server} iburst prefer`,
      );
    case 'openntpd':
      return block(
        conf('/etc/openntpd/ntpd.conf', '/etc/ntpd.conf'),
        (server) => `server ${server}`,
        '/usr/sbin/ntpd -n -f "$f"',
      );
    case 'busybox':
      return { path: '/etc/conf.d/ntpd', edit: (text) => withNtpdServers(text, servers) };
  }
}
