import type { CheckFix } from '../../../../../shared/checks/check.ts';
import type { MachineCheck } from '../context.ts';
import type { Preflight } from '../read.ts';
import { byPhase, bySteps, fail, pass, unknown, untold, warn } from '../verdicts.ts';

const group = 'Time';
const mostSkewMs = 30_000;
const doubtfulSkewMs = 2_000;

/** By what is installed; where nothing is, a person chooses what shall keep the time. */
function synchronize(machine: Preflight): CheckFix {
  const timesyncd = ['/usr/lib/systemd/systemd-timesyncd', '/lib/systemd/systemd-timesyncd'];
  const canBe =
    machine.hasTool('chronyd') || machine.hasTool('ntpd') || timesyncd.some(machine.exists);
  return canBe || !machine.told
    ? byPhase('time-sync', 'Keep its clock in step')
    : bySteps(
        'Install a time service on it: chrony, or systemd-timesyncd.',
        'Run this check again, which then offers to start it.',
      );
}

export const timeSync: MachineCheck = {
  id: 'onboarding.time-sync',
  group,
  title: 'Clock is synchronised',
  why: 'Certificates and etcd go by the clock; without a time server it drifts, and after a power cut it starts in the past.',
  rule(machine) {
    const time = machine.fact('time');
    const shown = [
      ...machine.shows('chrony'),
      ...machine.shows('timedatectl', /NTP|Synchronized/i),
      ...machine.shows('timedatectl-status'),
      ...machine.showsThere('/run/systemd/timesync/synchronized'),
    ];
    if (!time) return untold(machine, 'time', shown);
    if (time.synchronized === true) return pass(`By ${time.source ?? 'a time server'}.`, shown);
    if (time.synchronized === false)
      return fail('It is not synchronised.', shown, synchronize(machine));
    const daemon = ['chronyd', 'systemd-timesyncd', 'systemd-timesyn', 'ntpd', 'openntpd'].find(
      (name) => machine.runs(name),
    );
    if (daemon)
      return unknown(`${daemon} runs; whether it has reached a server it does not tell.`, shown);
    if (machine.runs('init') === null)
      return unknown('Whether anything sets the clock could not be seen.', shown);
    return warn('Nothing that sets the clock was seen to run.', shown, synchronize(machine));
  },
};

export const clockSkew: MachineCheck = {
  id: 'onboarding.clock-skew',
  group,
  title: 'Clock shows the right time',
  why: 'With a clock 30 seconds off, machines of a cluster refuse each other’s certificates and tokens.',
  rule(machine) {
    const shown = [...machine.shows('clock-begin'), ...machine.shows('clock-end')];
    const { clock } = machine;
    if (!clock) return unknown('The machine did not tell its time.', shown);
    const { offsetMs, accuracyMs } = clock;
    const off = Math.abs(offsetMs);
    const found = `${seconds(off)} s ${offsetMs < 0 ? 'behind' : 'ahead of'} this computer, give or take ${seconds(accuracyMs)} s.`;
    if (off - accuracyMs > mostSkewMs) return fail(found, shown, synchronize(machine));
    if (off - accuracyMs > doubtfulSkewMs) return warn(found, shown, synchronize(machine));
    if (accuracyMs > mostSkewMs) return unknown(found, shown);
    return pass(found, shown);
  },
};

function seconds(ms: number): string {
  return ms < 10_000 ? (ms / 1_000).toFixed(2) : String(Math.round(ms / 1_000));
}

export const realTimeClock: MachineCheck = {
  id: 'onboarding.rtc',
  group,
  title: 'Clock that runs without power',
  why: 'Without one the machine starts with a wrong time until a time server answers, and K3s may fail until then.',
  rule(machine) {
    const shown = [
      ...machine.showsThere('/sys/class/rtc/rtc0'),
      ...machine.showsFiles('/sys/class/rtc/rtc0/since_epoch'),
    ];
    if (!machine.told) return unknown('What the machine has was not heard.', shown);
    const time = machine.line('/sys/class/rtc/rtc0/since_epoch');
    if (time !== null && Number(time) < 1_600_000_000) {
      return warn(
        'It has one that was never set, or whose battery is empty.',
        shown,
        synchronize(machine),
      );
    }
    if (machine.exists('/sys/class/rtc/rtc0')) return pass('It has one.', shown);
    return warn(
      'It has none: K3s has to wait for the time at each start.',
      shown,
      synchronize(machine),
    );
  },
};
