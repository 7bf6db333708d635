import type { Evidence } from './evidence.ts';
import { failed, ok, reasonOf, type SectionParser } from './outcome.ts';

export const parseTime: SectionParser<'time'> = (evidence) => {
  const date = evidence.part('date');
  const told = date?.text.split('\n').find((line) => /^\d{1,12} /.test(line));
  if (told === undefined) return failed(reasonOf('date', date, evidence));
  const [epoch, , abbreviation] = told.split(' ');
  return ok({
    epochSeconds: Number(epoch),
    timezone: timezoneOf(evidence) ?? (abbreviation || null),
    ...synchronization(evidence),
  });
};

function timezoneOf(evidence: Evidence): string | null {
  const [, file = ''] = (evidence.link('/etc/localtime') ?? '').split('/zoneinfo/');
  const zone = file.replace(/^posix\//, '').trim();
  return (
    (zone || null) ??
    evidence.line('/etc/timezone') ??
    field(evidence, 'timedatectl', /^Timezone=(.+)$/m)
  );
}

function synchronization(evidence: Evidence): {
  synchronized: boolean | null;
  source: string | null;
} {
  const leap = field(evidence, 'chrony', /^Leap status\s*:\s*(.+)$/m);
  if (leap) {
    const server = field(evidence, 'chrony', /^Reference ID\s*:\s*\S+ \((.+)\)$/m);
    return {
      synchronized: !/not synchronised/i.test(leap),
      source: server ? `chrony (${server})` : 'chrony',
    };
  }
  // timesyncd makes this file when the clock is first set right, and it vanishes at reboot.
  if (evidence.exists('/run/systemd/timesync/synchronized')) {
    return { synchronized: true, source: 'systemd-timesyncd' };
  }
  const answer =
    field(evidence, 'timedatectl', /^NTPSynchronized=(yes|no)$/m) ??
    field(evidence, 'timedatectl-status', /^ *(?:System clock|NTP) synchronized: *(yes|no)$/m);
  // Either ended well and said nothing of it.
  const asked = evidence.part('chrony') ?? evidence.part('timedatectl');
  if (answer === null && asked?.end === 0 && !evidence.part('timedatectl-status')) {
    evidence.doubt('time');
  }
  return { synchronized: answer === null ? null : answer === 'yes', source: daemonOf(evidence) };
}

function daemonOf(evidence: Evidence): string | null {
  const daemons = ['chronyd', 'systemd-timesyncd', 'ntpd', 'ntpsec', 'openntpd'];
  const daemon = daemons.find((name) => evidence.runs(name));
  return daemon === 'chronyd' ? 'chrony' : (daemon ?? null);
}

function field(evidence: Evidence, label: string, pattern: RegExp): string | null {
  return pattern.exec(evidence.part(label)?.text ?? '')?.[1]?.trim() ?? null;
}
