import type { CheckResult, CheckSubject, Evidence } from '../../../../../shared/checks/check.ts';
import { type Check, judge, type Verdict } from '../../../engine/checks/index.ts';
import { bySteps, fail, pass, unknown, warn } from '../verdicts.ts';
import type { Listening, Tried } from './answers.ts';
import type { NeededPort } from './port-list.ts';

/** One way between two machines, as it was tried. */
export interface TriedPort {
  readonly from: string;
  readonly to: string;
  readonly address: string;
  readonly needed: NeededPort;
  readonly listening: { readonly how: Listening; readonly why: string } | null;
  readonly tried: { readonly how: Tried; readonly why: string } | null;
  /** Why there is no answer at all: a machine could not be reached, or has no tool. */
  readonly problem: string | null;
  readonly evidence: readonly Evidence[];
}

const portCheck: Check<readonly TriedPort[], null> = {
  id: 'onboarding.ports',
  group: 'Between machines',
  title: 'Ports are reached from the other machines',
  why: 'A firewall or a VLAN in between is noticed only when the machine joins, and then as a time-out without a reason.',
  rule: (ways) =>
    ways.map((way) => ({
      ...verdictOf(way),
      part: `${way.needed.port}/${way.needed.protocol} from ${way.from}`,
      evidence: way.evidence,
    })),
};

/** Results of one machine: of all the ways that lead to it. */
export function judgePorts(
  subject: CheckSubject,
  ways: readonly TriedPort[],
  at: number,
): CheckResult[] {
  return judge([portCheck], { read: ways, context: null, subject, at });
}

function verdictOf(way: TriedPort): Verdict {
  const { from, to, needed, listening, tried, problem } = way;
  const port = `${needed.port}/${needed.protocol}`;
  const where = `${from} → ${to} ${port} (${needed.use})`;
  if (problem !== null) return unknown(`${where}: ${problem}`);
  if (!tried) return unknown(`${where}: it was not tried in time.`);
  const ours = listening?.how === 'own';
  switch (tried.how) {
    case 'open':
      return pass(`${where}: open.`);
    case 'other':
      return ours
        ? warn(`${where}: something else than ${to} answers.`, [], whoAnswers(way))
        : pass(`${where}: open; a program of ${to} answers.`);
    case 'refused':
      if (ours || listening?.how === 'taken') {
        return fail(`${where}: refused.`, [], openPort(way));
      }
      return unknown(`${where}: refused; ${notListening(way)}`);
    case 'silent':
      if (ours)
        return fail(`${where}: no answer in time; it is lost on the way.`, [], openPort(way));
      if (listening?.how === 'taken' && needed.protocol === 'tcp') {
        return fail(`${where}: no answer in time; it is lost on the way.`, [], openPort(way));
      }
      return unknown(`${where}: no answer in time; ${notListening(way)}`);
    case 'failed':
      if (/route|unreachable/i.test(tried.why)) {
        return fail(`${where}: there is no way there (${tried.why}).`, [], noRoute(way));
      }
      return unknown(`${where}: ${tried.why}`);
  }
}

function notListening({ listening, to }: TriedPort): string {
  if (listening?.how === 'taken') return `what listens on ${to} gives no answer to a stranger.`;
  return `${to} could not listen for us${listening?.why ? ` (${listening.why})` : ''}.`;
}

const openPort = ({ to, from, needed }: TriedPort) =>
  bySteps(
    `Let ${needed.port}/${needed.protocol} through from ${from} to ${to}: in the firewall of ${to}, and in what stands between their VLANs.`,
    'Then check again.',
  );

const noRoute = ({ to, from }: TriedPort) =>
  bySteps(
    `Check that ${from} and ${to} are in one network, or that a router leads from one to the other.`,
  );

const whoAnswers = ({ address }: TriedPort) =>
  bySteps(`Look who else has the address ${address}, or redirects its ports.`);
