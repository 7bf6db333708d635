import { z } from 'zod';
import { quote } from '../../../connections/ssh/index.ts';
import type { LookContext, Phase, PhaseContext } from '../../../engine/jobs/index.ts';
import {
  type Command,
  commandItem,
  look,
  note,
  notPossible,
  probing,
  runCommand,
  tryCommand,
  upload,
} from '../../../engine/phases/index.ts';

/** Where a large file comes from: this computer, or a place that the machine itself reaches. */
export const placedSource = z.discriminatedUnion('from', [
  z.object({ from: z.literal('here'), path: z.string().min(1).max(1_000) }),
  z.object({ from: z.literal('url'), url: z.url({ protocol: /^https$/ }).max(1_000) }),
]);
type PlacedSource = z.infer<typeof placedSource>;

export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const savedPlaced = z.object({ before: sha256.nullable() });

export interface PlacedFile {
  readonly path: string;
  readonly sha256: string;
  readonly source: PlacedSource;
  readonly mode: number;
}

export interface PlacedFilePhaseOptions<P> {
  readonly id: string;
  readonly params: z.ZodType<P>;
  readonly title: (params: P) => string;
  readonly fileOf: (params: P) => PlacedFile;
}

/** Beside the file: what arrives, and what stood there before, which undo brings back. */
const arriving = (path: string) => `${path}.rackhelm-new`;
const former = (path: string) => `${path}.rackhelm-before`;

const sumOf = (path: string) =>
  `if [ -f ${quote(path)} ]; then sha256sum <${quote(path)} | cut -c 1-64; fi`;

async function see(context: LookContext, { path }: PlacedFile) {
  const { parts, evidence } = await look(
    context,
    {
      sum: sumOf(path),
      arriving: `[ -e ${quote(arriving(path))} ]`,
      former: sumOf(former(path)),
    },
    { named: path, root: true },
  );
  return {
    sum: parts.sum.text.trim() || null,
    isArriving: parts.arriving.exitCode === 0,
    former: parts.former.text.trim() || null,
    evidence,
  };
}

/**
 * A phase that is one large file, known by its hash. It counts once it has arrived whole and its hash is
 * right; what stood there before is kept beside it until undo, or for good.
 */
export function placedFilePhase<P>(
  options: PlacedFilePhaseOptions<P>,
): Phase<P, z.infer<typeof savedPlaced>> {
  const { id, params, fileOf } = options;
  return {
    id,
    params,
    saved: savedPlaced,
    title: (given) => options.title(given).slice(0, 200),
    lasting: () => null,

    probe: (context, given) =>
      probing(async () => {
        const file = fileOf(given);
        const { sum, isArriving, evidence } = await see(context, file);
        if (isArriving)
          return { standing: 'partly', found: `${file.path} has not arrived whole.`, evidence };
        if (sum === file.sha256)
          return {
            standing: 'present',
            found: `${file.path} is there, with the right hash.`,
            evidence,
          };
        const found = sum === null ? 'is not there' : `is another one (${sum.slice(0, 12)}…)`;
        return { standing: 'absent', found: `${file.path} ${found}.`, evidence };
      }),

    async plan(context, given) {
      const file = fileOf(given);
      const { sum } = await see(context, file);
      const kept =
        sum === null ? [] : [note('info', `What stands there stays as ${former(file.path)}.`)];
      return [...bringItems(file), commandItem(placeCommand(file)), ...kept];
    },

    async save(context, given) {
      return { before: (await see(context, fileOf(given))).sum };
    },

    async apply(context, given) {
      const file = fileOf(given);
      const { sum, isArriving } = await see(context, file);
      if (sum === file.sha256 && !isArriving) return;
      if (sum === file.sha256) return await drop(context, file);
      await bring(context, file);
      await runCommand(context, placeCommand(file));
    },

    async undo(context, given, { before }) {
      const file = fileOf(given);
      const now = await see(context, file);
      if (now.isArriving) await drop(context, file);
      const [path, kept] = [file.path, former(file.path)].map(quote);
      if (now.sum === before) {
        // Broken off between both halves of its last step.
        if (before !== null && now.former === before)
          await runCommand(context, { command: `rm -f ${kept}` });
      } else if (before === null) await runCommand(context, { command: `rm -f ${path}` });
      else if (now.former === before)
        await runCommand(context, { command: `mv -f ${kept} ${path} && sync` });
      else throw notPossible(`What stood at ${file.path} before is not kept any more.`);
    },
  };
}

function bringItems(file: PlacedFile) {
  const { source } = file;
  return source.from === 'url'
    ? [commandItem(fetchCommand(file, source.url))]
    : [note('info', `${source.path} on this computer is sent to ${file.path}.`)];
}

async function bring(context: PhaseContext, file: PlacedFile): Promise<void> {
  const { source, path } = file;
  // With the folder comes what tells that it was made for this: an empty one would be left behind unseen.
  const folder = quote(path.slice(0, path.lastIndexOf('/')));
  await runCommand(context, { command: `mkdir -p ${folder} && : >>${quote(arriving(path))}` });
  if (source.from === 'url') await runCommand(context, fetchCommand(file, source.url));
  else await upload(context, { from: source.path, to: arriving(path) });
  const { exitCode, said } = await tryCommand(context, {
    command: checkCommand(file),
    timeoutMs: 300_000,
  });
  if (exitCode === 0) return;
  await drop(context, file);
  throw notPossible(
    `What arrived for ${path} is not what was asked for: its hash is another one. ${said.slice(0, 200)}`,
    'Look at the file and at the checksum that was published with it; nothing of it was kept.',
  );
}

async function drop(context: PhaseContext, { path }: PlacedFile): Promise<void> {
  await runCommand(context, { command: `rm -f ${quote(arriving(path))}` });
}

const checkCommand = ({ path, sha256: sum }: PlacedFile) =>
  `echo ${quote(`${sum}  ${arriving(path)}`)} | sha256sum -c -`;

/** Whichever of both the machine has; what was cut off is fetched anew. */
function fetchCommand({ path }: PlacedFile, url: string): Command {
  const [to, from] = [quote(arriving(path)), quote(url)];
  return {
    command: `if command -v curl >/dev/null; then curl -fsSL --proto =https --retry 3 -o ${to} ${from}; else wget -q -O ${to} ${from}; fi`,
    says: 'The machine fetches it itself.',
    timeoutMs: 900_000,
  };
}

/** At once: whoever looks sees the one or the other, and what runs keeps what it has. */
function placeCommand({ path, mode }: PlacedFile): Command {
  const [to, from, kept] = [path, arriving(path), former(path)].map(quote);
  return {
    command: `chmod ${mode.toString(8)} ${from} && { [ ! -f ${to} ] || ln -f ${to} ${kept}; } && sync && mv -f ${from} ${to} && sync`,
    says: 'In one step, once its hash is right.',
    timeoutMs: 120_000,
  };
}
