import type {
  ContextPreview,
  ContextTest,
  SavedContext,
  SignInCommand,
} from '../../../../shared/cluster/contexts.ts';
import { formatTable } from '../terminal/text-table.ts';

/** Saved contexts as a table. */
export function contextsText(contexts: readonly SavedContext[]): string {
  const rows = contexts.map(({ name, cluster, source, via, test, id }) => [
    cluster.name,
    name,
    source.kind === 'files' ? source.file : 'kept as a secret',
    via === null ? '' : `through ${via.name}`,
    test === null ? 'not tested' : test.failure === null ? (test.version ?? 'works') : 'FAILS',
    id,
  ]);
  return formatTable([['CLUSTER', 'CONTEXT', 'KUBECONFIG', '', 'TEST', 'ID'], ...rows]);
}

/** What a kubeconfig holds, before anything of it is saved. */
export function previewText(contexts: readonly ContextPreview[]): string {
  return contexts.map(onePreview).join('\n');
}

function onePreview(context: ContextPreview): string {
  const { name, file, server, user, ways, warnings, problem, current } = context;
  const lines = [
    `${name}${current ? ' (current)' : ''}${file === null ? '' : ` in ${file}`}`,
    problem === null
      ? `  ${user} at ${server}, by ${ways.join(', ')}`
      : `  cannot be used: ${problem}`,
    ...warnings.map(({ text }) => `  ! ${text}`),
    ...(context.command === null ? [] : [commandText(context.command)]),
  ];
  return `${lines.join('\n')}\n`;
}

/** A command before it is allowed: all of it, one argument a line. */
export function commandText({ command, args, env, program, hash, allowed }: SignInCommand): string {
  return [
    `  command ${command}${program === null ? ' (not found)' : ` (${program})`}`,
    ...args.map((arg) => `    ${arg}`),
    ...(env.length === 0 ? [] : [`    sets ${env.join(', ')}`]),
    allowed ? '    allowed' : `    not allowed yet: --allow ${hash.slice(0, 12)}`,
  ].join('\n');
}

/** What a test found, in lines. */
export function testText(name: string, test: ContextTest): string {
  const { failure, way, version, who, permissions, certificates, warnings, command } = test;
  const lacking = permissions
    .filter(({ namespace, denied }) => namespace === null && denied.length > 0)
    .map(({ resource, denied }) => `${resource} (${denied.join(', ')})`);
  const lines = [
    `${name}: ${failure === null ? `works, ${way}` : `fails. ${failure.message}`}`,
    ...(failure === null ? [] : [`  ${failure.hint}`]),
    ...(version === null ? [] : [`  version ${version}`]),
    ...(who === null
      ? []
      : [`  as ${who.user}${who.groups.length === 0 ? '' : ` in ${who.groups.join(', ')}`}`]),
    ...(failure !== null
      ? []
      : [`  may not: ${lacking.length === 0 ? 'nothing that is needed' : lacking.join('; ')}`]),
    ...certificates.map(
      ({ of, notAfter }) =>
        `  ${of} certificate until ${new Date(notAfter).toISOString().slice(0, 10)}`,
    ),
    ...warnings.map(({ text }) => `  ! ${text}`),
    ...(command === null || command.allowed ? [] : [commandText(command)]),
  ];
  return `${lines.join('\n')}\n`;
}
