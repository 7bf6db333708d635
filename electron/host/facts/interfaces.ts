import type { ObservedInterface } from '../../../shared/model/facts.ts';
import type { Evidence } from './evidence.ts';
import { fromIfconfig, type ListedInterface } from './interfaces-ifconfig.ts';
import { fromIpJson } from './interfaces-ip-json.ts';
import { fromIpText } from './interfaces-ip-text.ts';
import { addressesFromProc } from './interfaces-proc.ts';
import { sysLink, sysNames } from './link-kind.ts';
import { failed, ok, reasonOf, type SectionParser } from './outcome.ts';

/** The best of what the machine could tell: `ip -j -d`, `ip -d`, busybox `ip`, ifconfig, /sys and /proc. */
export const parseInterfaces: SectionParser<'interfaces'> = (evidence) => {
  const json = evidence.part('ip-json');
  const fromJson = json?.end === 0 ? fromIpJson(json.text, evidence) : null;
  if (fromJson) return ok(fromJson);
  for (const label of ['ip-detail', 'ip-text']) {
    const part = evidence.part(label);
    const listed = part?.end === 0 ? fromIpText(part.text) : [];
    if (listed.length > 0) return ok(complete(listed, evidence));
  }
  const listed = withoutIp(evidence);
  if (listed.length > 0) return ok(complete(listed, evidence));
  return failed(json ? reasonOf('ip', json) : 'Neither ip, ifconfig nor /sys/class/net is there.');
};

function withoutIp(evidence: Evidence): ListedInterface[] {
  const told = fromIfconfig(evidence.part('ifconfig')?.text ?? '');
  const known = new Set(told.map(({ name }) => name));
  const silent = sysNames(evidence).filter((name) => !known.has(name));
  const all = [...told, ...silent.map((name): ListedInterface => ({ name, addresses: [] }))];
  return all.map((listed) => {
    const has4 = listed.addresses.some(({ family }) => family === 'ipv4');
    const has6 = listed.addresses.some(({ family }) => family === 'ipv6');
    const extra = addressesFromProc(evidence, listed.name).filter(({ family }) =>
      family === 'ipv4' ? !has4 : !has6,
    );
    return { ...listed, addresses: [...listed.addresses, ...extra] };
  });
}

/** What the tool said comes first; /sys fills what it left out. */
function complete(listed: readonly ListedInterface[], evidence: Evidence): ObservedInterface[] {
  return listed.map((told) => {
    const sys = sysLink(evidence, told.name);
    const kind = told.kind ?? (sysNames(evidence).includes(told.name) ? sys.kind : 'other');
    const isUpon = kind === 'vlan' || kind === 'macvlan' || kind === 'ipvlan';
    return {
      name: told.name,
      kind,
      mac: told.mac ?? sys.mac,
      mtu: told.mtu ?? sys.mtu,
      operState: told.operState ?? sys.operState,
      speedMbps: sys.speedMbps,
      vlanId: kind === 'vlan' ? (told.vlanId ?? sys.vlanId) : null,
      parent: isUpon ? (told.link ?? sys.parent) : null,
      master: told.master ?? sys.master,
      addresses: [...told.addresses],
    };
  });
}
