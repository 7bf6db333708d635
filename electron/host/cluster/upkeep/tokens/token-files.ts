import { exchangeToken, type TokenForm } from '../../../../../shared/cluster/upkeep/held-token.ts';
import type { LookContext } from '../../../engine/jobs/index.ts';
import { linesOf, look, notPossible } from '../../../engine/phases/index.ts';
import { configPath, tokenPath } from '../../join/phases/paths.ts';
import type { ServiceParams } from '../node-params.ts';

/** Where K3s of one machine finds its token. */
export interface TokenFile {
  readonly path: string;
  readonly form: TokenForm;
}

export const serverTokenPath = '/var/lib/rancher/k3s/server/token';
const largest = 200_000;
const mostFiles = 20;
const inWords =
  "grep -lE -- '--(agent-)?token[= ]| -t |K3S_(AGENT_)?TOKEN=' UNITS 2>/dev/null; true";
const namedFile = /(?:token-file["']?\s*[:= ]\s*|K3S_(?:AGENT_)?TOKEN_FILE=)["']?(\/[^\s"']+)/g;

/** Of one service: its settings, its environment, and files that these name. Throws NOT_POSSIBLE, STEP_UNCERTAIN. */
export async function seeTokenFiles(
  context: LookContext,
  { service }: Pick<ServiceParams, 'service'>,
): Promise<TokenFile[]> {
  const folder = configPath.replace('config.yaml', '');
  const units = `/etc/systemd/system/${service}.service /usr/lib/systemd/system/${service}.service /etc/init.d/${service}`;
  const environments = `/etc/systemd/system/${service}.service.env /etc/default/${service} /etc/sysconfig/${service} ${folder}${service}.env`;
  const { parts } = await look(
    context,
    {
      yaml: `ls ${configPath} ${configPath}.d/*.yaml ${configPath}.d/*.yml 2>/dev/null; true`,
      env: `ls ${environments} 2>/dev/null; true`,
      token: `ls ${tokenPath} 2>/dev/null; true`,
      words: inWords.replace('UNITS', units),
    },
    { named: 'where K3s finds its token', root: true },
  );
  const [unit] = linesOf(parts.words);
  if (unit !== undefined)
    throw notPossible(
      `${unit} holds the token itself. Write it into a file that token-file of ${configPath} names, and begin again.`,
    );
  const settings = [...filesOf('yaml', parts.yaml), ...filesOf('env', parts.env)];
  const named = (await Promise.all(settings.map((one) => textOf(context, one.path)))).flatMap(
    (text) => [...(text ?? '').matchAll(namedFile)].flatMap(([, path]) => path ?? []),
  );
  const tokens = new Set([...linesOf(parts.token), ...named]);
  return [
    ...settings,
    ...[...tokens].map((path) => ({ path: path.slice(0, 300), form: 'token' as const })),
  ].slice(0, mostFiles);
}

function filesOf(form: TokenForm, part: Parameters<typeof linesOf>[0]): TokenFile[] {
  return linesOf(part).map((line) => ({ path: line.trim().slice(0, 300), form }));
}

/** Those that name the token which is to go. */
export async function holding(
  context: LookContext,
  files: readonly TokenFile[],
  old: string,
): Promise<TokenFile[]> {
  const texts = await Promise.all(files.map(({ path }) => textOf(context, path)));
  return files.filter(({ form }, index) => {
    const text = texts[index];
    return text != null && exchangeToken(text, { form, old, fresh: old, role: 'agent' }) !== null;
  });
}

/** Bytes as they are; null: it is not there. */
async function textOf({ machine, signal }: LookContext, path: string): Promise<string | null> {
  const file = await machine.readFile(path, { signal });
  if (file !== null && file.content.length > largest) throw notPossible(`${path} is too large.`);
  return file?.content.toString('latin1') ?? null;
}
