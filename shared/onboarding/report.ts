import type { CheckStatus } from '../checks/check.ts';
import { dateText } from '../jobs/runbook-about.ts';
import { mayStand } from '../jobs/step-state.ts';
import { formatBytes, formatCount } from '../model/amounts.ts';
import type { ReportBlock, ReportData, ReportMachine } from './report-data.ts';
import { roleWords } from './role.ts';

/** Lines of one list; what is left out is said. One page has no room for more. */
const mostListed = 24;

export const statusWords: Readonly<Record<CheckStatus, string>> = {
  pass: 'passed',
  warn: 'warned',
  fail: 'failed',
  unknown: 'unknown',
  'not-applicable': 'not applicable',
};

/** The report of an onboarding, a page for each machine. Pure. */
export function reportBlocks(data: ReportData): ReportBlock[] {
  return data.machines.flatMap((machine) => [
    { kind: 'title', text: `Onboarding of ${machine.name}` } as const,
    {
      kind: 'text',
      text: `By ${data.who}, ${dateText(data.at)}${data.jobId === null ? '' : `, job ${data.jobId}`}.`,
    } as const,
    ...whatItIs(machine),
    ...checksOf(machine),
    ...changesOf(machine, data.jobId),
  ]);
}

function whatItIs({ facts, role, place, addresses, says, address }: ReportMachine): ReportBlock[] {
  const gpus = facts?.gpus.map(({ name }) => name).join(', ') ?? '';
  const disks = facts?.disks.map(({ kind, sizeBytes }) => `${kind} of ${formatBytes(sizeBytes)}`);
  const hardware = [
    facts?.manufacturer,
    facts?.model,
    facts?.serial ? `serial number ${facts.serial}` : null,
  ];
  const cores = facts?.cores ? formatCount(facts.cores, 'core') : null;
  const memory = facts?.memoryBytes ? `${formatBytes(facts.memoryBytes)} of memory` : null;
  const pairs: (readonly [string, string | null | undefined])[] = [
    ['Reached at', address],
    ['Role', role === null ? null : roleWords[role].label],
    ['Place', place],
    ['Addresses', addresses.join(', ')],
    ['Hardware', hardware.filter(Boolean).join(', ')],
    ['Processor', [facts?.cpu, facts?.architecture, cores, memory].filter(Boolean).join(', ')],
    ['Disks', disks?.slice(0, 6).join(', ')],
    ['Graphics', gpus],
    ['System', [facts?.os, facts?.kernel].filter(Boolean).join(', ')],
    ['Who it is', says],
  ];
  return [
    { kind: 'heading', text: 'What it is' },
    {
      kind: 'pairs',
      pairs: pairs.flatMap(([name, text]) => (text ? [[name, text] as const] : [])),
    },
  ];
}

const weight: Readonly<Record<CheckStatus, number>> = {
  fail: 0,
  unknown: 1,
  warn: 2,
  pass: 3,
  'not-applicable': 4,
};

function checksOf({ checks }: ReportMachine): ReportBlock[] {
  if (checks.length === 0) {
    return [
      { kind: 'heading', text: 'Checks' },
      { kind: 'text', text: 'Nothing was checked.' },
    ];
  }
  const counts = (Object.keys(weight) as CheckStatus[]) // the record's own keys
    .map((status) => [status, checks.filter((one) => one.status === status).length] as const)
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${count} ${statusWords[status]}`);
  const told = checks
    .filter(({ status }) => status !== 'not-applicable')
    .toSorted((a, b) => weight[a.status] - weight[b.status]);
  // What passed fits a line of its own; what did not is told.
  const bad = told.filter(({ status }) => status !== 'pass');
  const passed = told.filter(({ status }) => status === 'pass').map(({ title }) => title);
  // Several settings or disks of one check are one line here.
  const good = [...new Set(passed)];
  const items = bad.slice(0, mostListed).map(({ status, title, found, accepted, part }) => ({
    mark: status,
    text: `${title}${part === '' ? '' : ` (${part})`}: ${found}${accepted ? ' It was accepted.' : ''}`,
  }));
  const more = bad.length - items.length;
  return [
    { kind: 'heading', text: 'Checks' },
    { kind: 'text', text: `${counts.join(', ')}.` },
    ...(items.length > 0 ? [{ kind: 'list', items } as const] : []),
    ...(more > 0 ? [{ kind: 'text', text: `And ${more} more.` } as const] : []),
    ...(good.length > 0 ? [{ kind: 'text', text: `Passed: ${good.join(', ')}.` } as const] : []),
  ];
}

function changesOf({ steps }: ReportMachine, jobId: string | null): ReportBlock[] {
  const done = steps.filter(({ state }) => mayStand(state));
  const heading = { kind: 'heading', text: 'What was changed' } as const;
  if (done.length === 0) return [heading, { kind: 'text', text: 'Nothing was changed.' }];
  const items = done.slice(0, mostListed).map(({ title, state, lasting }) => ({
    mark: null,
    text: `${title}${state.state === 'done' ? '' : ` (${state.state})`}${lasting === null ? '' : `. ${lasting}`}`,
  }));
  const undo: ReportBlock[] =
    jobId === null
      ? []
      : [
          { kind: 'heading', text: 'How to take it back' },
          {
            kind: 'text',
            text: 'In Rackhelm, open the job under Jobs and choose Undo: its steps are taken back in reverse order. Or by the command line:',
          },
          { kind: 'code', text: `rackhelm job ${jobId} --undo` },
        ];
  return [heading, { kind: 'list', items }, ...undo];
}

/** As Markdown. What a machine said is text there, and nothing that means something to a reader. */
export function reportMarkdown(blocks: readonly ReportBlock[]): string {
  return `${blocks.map(blockMarkdown).join('\n\n')}\n`;
}

function blockMarkdown(block: ReportBlock): string {
  switch (block.kind) {
    case 'title':
      return `# ${escaped(block.text)}`;
    case 'heading':
      return `## ${escaped(block.text)}`;
    case 'text':
      return escaped(block.text);
    case 'pairs':
      return block.pairs.map(([name, text]) => `- **${name}:** ${escaped(text)}`).join('\n');
    case 'list':
      return block.items
        .map(
          ({ mark, text }) =>
            `- ${mark === null ? '' : `**${statusWords[mark]}** `}${escaped(text)}`,
        )
        .join('\n');
    case 'code':
      return `    ${block.text.replaceAll(/[\r\n]+/g, ' ')}`;
  }
}

/** One line without anything that Markdown or HTML would take for more than text. */
function escaped(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replaceAll(/[\\`*_[\]<>#|~!]/g, (sign) => `\\${sign}`)
    .replace(/^(\s*)([-+]|\d+\.)(?=\s)/, '$1\\$2');
}
