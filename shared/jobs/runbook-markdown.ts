import { formatCount } from '../model/amounts.ts';
import { oneLine, visibleText } from '../visible-text.ts';
import { lineDiff, unifiedText } from './line-diff.ts';
import type { PlanItem, PlannedLane, PlannedPhase } from './plan.ts';
import { changesSomething, totalsOf } from './plan-totals.ts';
import { dateText, modeText, type RunbookAbout } from './runbook-about.ts';

interface Plan {
  readonly lanes: readonly PlannedLane[];
}

/**
 * Letters as letters: no name makes a heading, a link or a picture. A `_` between letters means
 * nothing, and `net.ipv4.ip_forward` is read by people too.
 */
const safe = (text: string) =>
  oneLine(text).replace(
    /[\\`*{}[\]<>#|~&!]|(?<![a-z0-9])_|_(?![a-z0-9])/gi,
    (character) => `\\${character}`,
  );

const asSentence = (text: string) => (/[.!?:]$/.test(text) ? text : `${text}.`);

/** As code within a sentence, whatever backticks it holds. */
function code(text: string): string {
  const plain = oneLine(text);
  const fence = '`'.repeat(longestRun(plain) + 1);
  const gap = /^`|`$/.test(plain) ? ' ' : '';
  return `${fence}${gap}${plain}${gap}${fence}`;
}

const longestRun = (text: string) =>
  Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));

function block(language: string, text: string): string {
  const plain = visibleText(text.replace(/\r\n/g, '\n')).replace(/\n$/, '');
  const fence = '`'.repeat(Math.max(3, longestRun(plain) + 1));
  return `${fence}${language}\n${plain}\n${fence}`;
}

/** The plan as a document: what is done on which machine, in order, to read, print or do by hand. */
export function runbookMarkdown({ lanes }: Plan, { title, plannedAt }: RunbookAbout): string {
  const { machines, changes, present, reboots } = totalsOf(lanes);
  const totals = [
    formatCount(changes, 'change'),
    `on ${formatCount(machines, 'machine')}`,
    ...(reboots > 0 ? [`with ${formatCount(reboots, 'reboot')}`] : []),
    ...(present > 0 ? [`(${present.toLocaleString('en')} already so)`] : []),
  ];
  return `${[
    `# ${safe(title)}`,
    `Planned by Rackhelm at ${dateText(plannedAt)}: ${totals.join(' ')}.`,
    ...lanes.flatMap((lane) => laneParts(lane, lanes)),
  ].join('\n\n')}\n`;
}

function laneParts(lane: PlannedLane, lanes: readonly PlannedLane[]): string[] {
  const before = lane.after.map((id) => lanes.find((each) => each.lane === id)?.title ?? id);
  return [
    `## ${safe(lane.title)}`,
    ...(before.length === 0 ? [] : [`After ${before.map(safe).join(', ')}.`]),
    ...lane.phases.flatMap((phase, index) => phaseParts(phase, index + 1)),
  ];
}

function phaseParts(phase: PlannedPhase, number: number): string[] {
  const head = `### ${number}. ${safe(phase.title)}`;
  const { standing, found } = phase.probed;
  if (!changesSomething(phase)) return [head, `Nothing to do: ${safe(found)}`];
  const as = standing === 'unknown' ? 'It could not be seen how this stands' : 'Now';
  return [
    head,
    `${as}: ${safe(found)}`,
    ...(phase.lasting === null ? [] : [`**Cannot be undone:** ${safe(phase.lasting)}`]),
    ...phase.items.map(itemPart),
  ];
}

function itemPart(item: PlanItem): string {
  switch (item.kind) {
    case 'command': {
      const run = item.root ? 'Run as root:' : 'Run:';
      const says = item.says === undefined ? run : `${asSentence(safe(item.says))} ${run}`;
      return `${says}\n\n${block('sh', item.command)}`;
    }
    case 'file':
      return filePart(item);
    case 'object': {
      const verb = { create: 'Add', update: 'Change', delete: 'Delete' }[item.action];
      const head = `${verb} ${code(item.name)} in ${safe(item.where)}`;
      const diff = unifiedText(lineDiff(item.before, item.after));
      return diff === '' ? `${head}.` : `${head}:\n\n${block('diff', diff)}`;
    }
    case 'note':
      return item.weight === 'warning' ? `> **Warning:** ${safe(item.text)}` : safe(item.text);
  }
}

function filePart({ path, before, after, mode }: Extract<PlanItem, { kind: 'file' }>): string {
  const verb = before === null ? 'Add' : after === null ? 'Delete' : 'Change';
  const withMode = mode === null || after === null ? '' : ` (mode ${modeText(mode)})`;
  const diff = lineDiff(before, after);
  const ends = diff.noEnd.after ? '\n\nIts last line has no line break.' : '';
  return `${verb} ${code(path)}${withMode}:\n\n${block('diff', unifiedText(diff))}${ends}`;
}
