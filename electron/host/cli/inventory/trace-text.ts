import type { CableSocket, CableSummary, CableTrace } from '../../../../shared/contract/cabling.ts';
import { cable as cableKind } from '../../../../shared/model/kinds/cables-and-power.ts';
import { formatTyped } from '../../../../shared/model/kinds/typed.ts';
import { endingWords } from '../../../../shared/topology/ending-words.ts';

/** A trace as a drawing from top to bottom, which spreads to the right where it branches. */
export function traceText(trace: CableTrace): string {
  const lines = drawn(trace, 0, '');
  if (trace.cut) lines.push('There is more, which is not shown.');
  return lines.map((line) => `${line}\n`).join('');
}

function drawn(trace: CableTrace, index: number, margin: string): string[] {
  const step = trace.steps[index];
  if (step === undefined) return [];
  const at = step.socket === null ? [] : [`${margin}${socketText(step.socket)}`];
  const end = step.ending === null ? [] : [`${margin}  ${endingWords[step.ending]}`];
  const next = trace.steps.flatMap(({ from }, other) => (from === index ? [other] : []));
  const [only, ...others] = next;
  if (only === undefined) return [...at, ...end];
  if (others.length === 0) {
    return [...at, ...end, `${margin}│ ${wayText(trace, only)}`, ...drawn(trace, only, margin)];
  }
  const branches = next.flatMap((one, place) => {
    const [fork, bar] = place === next.length - 1 ? ['└', ' '] : ['├', '│'];
    return [`${margin}${fork}─ ${wayText(trace, one)}`, ...drawn(trace, one, `${margin}${bar}  `)];
  });
  return [...at, ...end, ...branches];
}

function wayText({ steps }: CableTrace, index: number): string {
  const step = steps[index];
  switch (step?.way) {
    case 'cable':
      return step.cable === null ? 'cable' : cableText(step.cable);
    case 'panel':
      return 'through the panel';
    case 'member':
      return 'by its member';
    default:
      return 'upon';
  }
}

export function cableText(cable: CableSummary): string {
  const length = cable.length === null ? null : formatTyped(cableKind.fields.length, cable.length);
  const status = cable.status === 'connected' ? null : cable.status;
  const parts = [cable.type, cable.colour, length, status].filter((part) => part !== null);
  return [`cable ${cable.label}`, ...parts].join(', ');
}

export function socketText({ deviceName, name, role, lag }: CableSocket): string {
  const side = role === 'front' || role === 'rear' ? ` (${role})` : '';
  const member = lag === null ? '' : ` (in ${lag})`;
  return `${deviceName} ${name}${side}${member}`;
}
