import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { quote } from '../shell-quote.ts';
import { hidesSomething, oneLine } from '../visible-text.ts';
import { contentInput } from './here-document.ts';
import type { PlanItem, PlannedLane, PlannedPhase } from './plan.ts';
import { changesSomething } from './plan-totals.ts';
import { dateText, modeText, type RunbookAbout } from './runbook-about.ts';
import { scriptTools } from './script-tools.ts';

interface Plan {
  readonly lanes: readonly PlannedLane[];
}

interface ScriptAbout extends RunbookAbout {
  readonly fileName: string;
}

/** A comment that stays one, whatever is in it. */
const comment = (text: string) => `# ${oneLine(text)}`.trimEnd();
/** What a person reads, as one word. */
const words = (text: string) => quote(oneLine(text));
/** Below the title of a phase. */
const remark = (text: string) => `say ${quote(`  ${oneLine(text)}`)}`;

/**
 * The plan as a POSIX script that does on a machine what the job would do there. Files are only written
 * where they are as they were planned on, phases that had nothing to do stay without effect, and what
 * is no command and no file is said, not done.
 */
export function runbookScript({ lanes }: Plan, about: ScriptAbout): string {
  return [
    '#!/bin/sh',
    ...headComments(lanes, about),
    scriptTools,
    ...lanes.flatMap((lane, index) => laneFunctions(lane, index + 1, lanes)),
    ...mainFunction(lanes, about),
    '',
  ].join('\n');
}

function headComments(lanes: readonly PlannedLane[], { title, plannedAt, fileName }: ScriptAbout) {
  return [
    comment(title),
    '#',
    comment(`What Rackhelm planned at ${dateText(plannedAt)}, to be run by hand. Read it first.`),
    '# A file that changed since then stops it. Where root is needed it asks sudo, unless it is root.',
    '#',
    '# On the machine, as the user who logs in there:',
    `#   sh ${fileName} MACHINE      all of it`,
    `#   sh ${fileName} MACHINE 3    from phase 3 on, such as after a reboot`,
    '# MACHINE is one of these, by name or by number:',
    ...lanes.map(({ title: name }, index) => `#   ${oneLine(`${index + 1}  ${name}`)}`),
    '',
  ];
}

function laneFunctions(lane: PlannedLane, number: number, lanes: readonly PlannedLane[]): string[] {
  const before = lane.after.map((id) => lanes.find((each) => each.lane === id)?.title ?? id);
  return [
    '',
    comment(lane.title),
    `machine_${number}() {`,
    `  machine=${number} phases=${lane.phases.length}`,
    ...(before.length === 0
      ? []
      : [`  say ${words(`Do these machines first: ${before.join(', ')}.`)}`]),
    ...lane.phases.flatMap((phase, index) => phaseLines(phase, index + 1)),
    // A function of a lane without phases would be no valid one.
    '  say "Done."',
    '}',
  ];
}

function phaseLines(phase: PlannedPhase, number: number): string[] {
  const { standing, found } = phase.probed;
  return [
    '',
    comment(`  ${number}. ${phase.title}`).replace(/^# +/, '  # '),
    ...(standing === 'present' ? [] : [`  ${comment(`Now: ${found}`)}`]),
    ...(phase.lasting === null ? [] : [`  ${comment(`Cannot be undone: ${phase.lasting}`)}`]),
    `  if due ${number} ${words(phase.title)}; then`,
    ...indented(phaseBody(phase)),
    '  fi',
  ];
}

function phaseBody(phase: PlannedPhase): string[] {
  const { standing, found } = phase.probed;
  if (!changesSomething(phase)) return [remark(`Nothing to do: ${found}`)];
  // Never guessed: what could not be seen may be there already.
  if (standing === 'unknown') {
    return [`stop ${words(`it could not be seen how this stands: ${found}`)}`];
  }
  const lines = phase.items.flatMap((item) => (hasNul(item) ? [notForShells] : itemLines(item)));
  return lines.length === 0 ? [remark('Nothing that a script could do.')] : lines;
}

/** Neither an argument nor a path can hold it, on any Unix. */
function hasNul(item: PlanItem): boolean {
  if (item.kind === 'command') return item.command.includes('\0');
  return item.kind === 'file' && item.path.includes('\0');
}
const notForShells = 'stop "what is planned here holds a character that no shell can take."';

function itemLines(item: PlanItem): string[] {
  switch (item.kind) {
    case 'command': {
      const says = item.says === undefined ? [] : [comment(item.says)];
      const hidden = hidesSomething(item.command)
        ? [comment(`It holds characters that cannot be seen: ${item.command}`)]
        : [];
      const run = `sh -c ${quote(item.command)} < /dev/null`;
      return [...says, ...hidden, item.root ? `as_root ${run}` : run];
    }
    case 'file':
      return fileLines(item);
    case 'object': {
      const verb = { create: 'add', update: 'change', delete: 'delete' }[item.action];
      return [remark(`Left to you: ${verb} ${item.name} in ${item.where}.`)];
    }
    case 'note':
      return [remark(`${item.weight === 'warning' ? 'Warning: ' : ''}${item.text}`)];
  }
}

const hashOf = (text: string | null) =>
  text === null ? 'none' : bytesToHex(sha256(new TextEncoder().encode(text)));

function fileLines({ path, before, after, mode }: Extract<PlanItem, { kind: 'file' }>): string[] {
  const verb = before === null ? 'Adds' : after === null ? 'Deletes' : 'Changes';
  const permissions = mode === null || after === null ? 'keep' : modeText(mode);
  const command = `change_file ${quote(path)} ${hashOf(before)} ${hashOf(after)} ${permissions}`;
  return [comment(`${verb} ${path}`), ...contentInput(command, after)];
}

/** Bodies of here-documents stand as they are: an indent would be part of the file. */
function indented(lines: readonly string[]): string[] {
  return lines.map((line) => (line.startsWith('\0') ? line.slice(1) : `    ${line}`));
}

function mainFunction(lanes: readonly PlannedLane[], { fileName }: ScriptAbout): string[] {
  const titles = lanes.map(({ title }) => oneLine(title));
  const isNumber = (title: string) => /^\d+$/.test(title);
  const patterns = titles.map((title, index) => {
    // Of two that are called alike, and of one that is called like a number, only the number is clear.
    const clear = titles.filter((each) => each === title).length === 1 && !isNumber(title);
    return `    ${clear ? `${quote(title)} | ` : ''}${index + 1}) machine_${index + 1} ;;`;
  });
  return [
    '',
    'main() {',
    `  script=${fileName}`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: for the shell
    '  machine=${1:-}',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: for the shell
    '  first=${2:-1}',
    '  case $first in *[!0-9]* | "") usage ;; esac',
    '  case $machine in',
    ...patterns,
    '    *) usage ;;',
    '  esac',
    '}',
    '',
    'usage() {',
    `  printf '%s\\n' 'usage: sh ${fileName} MACHINE [PHASE]' 'MACHINE is one of:' >&2`,
    ...titles.map((title, index) => `  printf '  %s\\n' ${quote(`${index + 1}  ${title}`)} >&2`),
    '  exit 2',
    '}',
    '',
    '# On one line: nothing after it is read, should the script come over standard input.',
    'main "$@"; exit',
  ];
}
