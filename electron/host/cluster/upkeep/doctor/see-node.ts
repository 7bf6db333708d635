import type { SeenNode } from '../../../../../shared/cluster/upkeep/diagnose.ts';
import type { LookContext } from '../../../engine/jobs/index.ts';
import { linesOf, look } from '../../../engine/phases/index.ts';
import { tokenPath } from '../../join/phases/paths.ts';
import { readState, stateAsked } from '../../join/phases/service-state.ts';
import { type SeenK3s, seeK3s } from '../see-machine.ts';

const settings =
  '/etc/rancher/k3s/config.yaml /etc/rancher/k3s/config.yaml.d/*.yaml /etc/systemd/system/k3s.service.env /etc/systemd/system/k3s-agent.service.env';
const lines = 150;

/** Of lines that name the server alone, since others hold secrets. */
const serverAsked = `u=$(cat ${settings} 2>/dev/null | grep -E '^ *["'"'"']?(server|K3S_URL)' | grep -oE 'https://[][A-Za-z0-9.:-]+:[0-9]+' | head -n 1); echo "$u"`;
/** The hash in front of a token names its cluster; the rest of it is not read. */
const tokenAsked = `cat ${settings} ${tokenPath} 2>/dev/null | sed -n 's/.*K10\\([0-9a-f]\\{64\\}\\)::.*/\\1/p' | head -n 1`;
const answerAsked = `${serverAsked} >/dev/null; [ -z "$u" ] || { if command -v curl >/dev/null; then curl -sk -m 5 "$u/cacerts"; else wget -q -T 5 --no-check-certificate -O - "$u/cacerts"; fi; } | { read -r first && { echo "$first"; cat; } | sha256sum | cut -c 1-64; }; true`;

/** What a machine says of a node that does not come back; `k3s`: how K3s stands there. Two round trips. */
export async function seeNode(
  context: LookContext,
): Promise<{ readonly seen: SeenNode; readonly k3s: SeenK3s }> {
  const k3s = await seeK3s(context);
  const service = k3s.service ?? 'k3s-agent';
  const askedAt = Date.now();
  const { parts } = await look(
    context,
    {
      state: stateAsked(k3s.init, service),
      password: '[ -f /etc/rancher/node/password ]',
      clock: 'date +%s',
      server: serverAsked,
      token: tokenAsked,
      answer: answerAsked,
      log:
        k3s.init === 'systemd'
          ? `journalctl -u ${service} -o cat -n ${lines} --no-pager 2>/dev/null; true`
          : `tail -n ${lines} /var/log/${service}.log 2>/dev/null; true`,
    },
    { named: 'a node that does not come back', root: true },
  );
  const { enabled, running } = readState(parts.state);
  const seconds = /^\s*(\d{9,11})\s*$/.exec(parts.clock.text)?.[1];
  const word = (text: string) => text.trim().slice(0, 300) || null;
  return {
    k3s,
    seen: {
      ...{ isInstalled: k3s.service !== null, enabled, running: running !== 'no' },
      version: k3s.version,
      hasPassword: parts.password.exitCode === 0,
      clockAhead: seconds === undefined ? null : Number(seconds) - askedAt / 1_000,
      server: word(parts.server.text),
      answeringCa: word(parts.answer.text),
      tokenCa: word(parts.token.text),
      log: linesOf(parts.log),
    },
  };
}
