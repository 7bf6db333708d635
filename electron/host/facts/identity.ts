import type { Evidence } from './evidence.ts';
import { absent, failed, ok, type SectionParser } from './outcome.ts';
import { sysctl } from './sysctl.ts';

export const parseHostname: SectionParser<'hostname'> = (evidence) => {
  const uname = evidence.part('nodename');
  const told = [
    evidence.line('/proc/sys/kernel/hostname'),
    uname?.end === 0 ? uname.text.trim() : null,
    sysctl(evidence, 'kern.hostname'),
    evidence
      .lines('/etc/hostname')
      ?.find((line) => !/^\s*(#|$)/.test(line))
      ?.trim(),
  ];
  // The kernel calls a machine so that nobody has named.
  const hostname = told.find((name) => name && name !== '(none)');
  if (!hostname) return failed('The machine tells no host name.');
  return ok({ hostname, fqdn: fqdnOf(hostname, evidence) });
};

/** As `hostname -f` finds it, from files only: a dead DNS server must not hold up the facts. */
function fqdnOf(hostname: string, evidence: Evidence): string | null {
  if (hostname.includes('.')) return hostname;
  for (const line of evidence.lines('/etc/hosts') ?? []) {
    const names = line.replace(/#.*/, '').trim().toLowerCase().split(/\s+/).slice(1);
    const full = names.find((name) => name.startsWith(`${hostname.toLowerCase()}.`));
    if (full) return full;
  }
  const domain = evidence.line('/proc/sys/kernel/domainname');
  return domain && domain !== '(none)' ? `${hostname}.${domain}` : null;
}

/** systemd reads it in either case. */
const isMachineId = /^[0-9a-f]{32}$/i;

export const parseMachineId: SectionParser<'machineId'> = (evidence) => {
  const told = [evidence.line('/etc/machine-id'), evidence.line('/var/lib/dbus/machine-id')];
  const id = told.find((text) => text && isMachineId.test(text)) ?? told.find((text) => text);
  if (id && isMachineId.test(id)) return ok({ machineId: id.toLowerCase() });
  if (evidence.unreadable('/etc/machine-id')) return failed('/etc/machine-id may not be read.');
  if (id) return failed('/etc/machine-id holds no machine id yet.');
  return absent('The machine has no machine id.');
};
