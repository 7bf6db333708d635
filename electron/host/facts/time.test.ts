import { expect, it } from 'vitest';
import { filesOf, type PartFixture, sectionsOf } from './output-fixture.ts';

const time = (parts: Record<string, PartFixture>) =>
  sectionsOf({ date: '1795336748 +0200 CEST\n', ...parts }).time;
const chrony = (leap: string) =>
  `Reference ID    : C0A80101 (192.168.1.1)\nStratum         : 3\nRef time (UTC)  : Sun Nov 22 08:39:08 2026\nSystem time     : 0.000012 seconds slow of NTP time\nLeap status     : ${leap}\n`;

it('takes the zone from the link, else from the file, else its abbreviation', () => {
  const links =
    'lrwxrwxrwx 1 root root 33 May  9  2026 /etc/localtime -> /usr/share/zoneinfo/Europe/Berlin';
  expect(time({ links })).toMatchObject({
    data: { epochSeconds: 1795336748, timezone: 'Europe/Berlin' },
  });
  expect(time({ files: filesOf({ '/etc/timezone': 'Asia/Tokyo' }) })).toMatchObject({
    data: { timezone: 'Asia/Tokyo' },
  });
  expect(time({})).toMatchObject({ data: { timezone: 'CEST', synchronized: null, source: null } });
});

it('asks chrony', () => {
  expect(time({ chrony: chrony('Normal') })).toMatchObject({
    data: { synchronized: true, source: 'chrony (192.168.1.1)' },
  });
  expect(time({ chrony: chrony('Not synchronised') })).toMatchObject({
    data: { synchronized: false },
  });
});

it('reads the file of timesyncd', () => {
  expect(time({ presence: '+/run/systemd/timesync/synchronized' })).toMatchObject({
    data: { synchronized: true, source: 'systemd-timesyncd' },
  });
});

it('reads timedatectl, new and old, beside the daemon that runs', () => {
  const files = filesOf({ '/proc/1/comm': 'systemd', '/proc/77/comm': 'systemd-timesyn' });
  expect(
    time({
      files,
      timedatectl: 'Timezone=Europe/Paris\nLocalRTC=no\nNTP=yes\nNTPSynchronized=no\n',
    }),
  ).toMatchObject({
    data: { timezone: 'Europe/Paris', synchronized: false, source: 'systemd-timesyncd' },
  });
  expect(
    time({ 'timedatectl-status': '      Time zone: x\n NTP synchronized: yes\n' }),
  ).toMatchObject({ data: { synchronized: true } });
});

it('fails without a clock', () => {
  expect(sectionsOf({}).time.status).toBe('failed');
  expect(sectionsOf({ date: 'date: no' }).time.status).toBe('failed');
});
