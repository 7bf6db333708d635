import path from 'node:path';
import type { EntryPreview } from '../../../../shared/contract/quick-entry.ts';
import { formatCount } from '../../../../shared/model/amounts.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { kindOf } from '../../../../shared/model/kinds/index.ts';
import { inSentence } from '../../../../shared/model/kinds/words.ts';
import { openDatabase } from '../../db/index.ts';
import { createDeviceTypes, readLibrary } from '../../device-types/index.ts';
import type { Installation } from '../../installation.ts';
import { createInventory } from '../../inventory/index.ts';
import { applyEntry, previewEntry, typesOfEntry } from '../../quick-entry/index.ts';
import type { DataOption } from '../terminal/options.ts';
import { print, printJson, tell } from '../terminal/output.ts';

export interface AddManyOptions extends DataOption {
  readonly dryRun?: true;
  readonly skipExisting?: true;
  readonly json?: true;
}

/** `rackhelm add-many "pi-[1-4] eth0 10.20.10.[11-14]/24"`: says what it would add, then adds it. */
export async function addMany(
  installation: Installation,
  line: string,
  options: AddManyOptions,
): Promise<void> {
  const database = openDatabase({ dataDirectory: options.data });
  try {
    createInventory(database);
    const directory = path.join(installation.resourcesDirectory, 'device-types');
    const types = createDeviceTypes(database, () =>
      readLibrary(directory, (error) => tell(`${String(error)}\n`)),
    );
    const source = { line };
    const existing = options.skipExisting === true ? 'leave-out' : 'refuse';
    const entry = { source, existing, types: await typesOfEntry(types, source) } as const;
    const preview = previewEntry(database, entry);
    if (preview.problem !== null) {
      const { text, at } = preview.problem;
      throw new RackhelmError('INVALID_INPUT', `${text} (character ${at + 1})`, {
        hint: 'Write it as: pi-[1-4] type:"Raspberry Pi 5" eth0 10.20.10.[11-14]/24 rack:A U[10-13]',
      });
    }
    if (options.dryRun === true) {
      if (options.json) printJson(preview);
      else print(previewText(preview));
      return;
    }
    if (!options.json) tell(previewText(preview));
    const done = applyEntry(database, entry, 'cli');
    if (options.json) printJson(done);
    else print(`Added ${formatCount(done.devices, 'device')}. rackhelm undo takes it back.\n`);
  } finally {
    database.close();
  }
}

function previewText({ rows, counts, makes }: EntryPreview): string {
  const lines = rows.flatMap(({ name, state, place, type, what, warnings, problems }) => [
    `${state === 'new' ? '+' : '!'} ${[name, type, place].filter(Boolean).join(', ')}`,
    ...what.map((one) => `    ${one}`),
    ...warnings.map((one) => `    Look: ${one}`),
    ...problems.map(({ text }) => `    ${text}`),
  ]);
  const made = makes.map(({ kind, count }) => {
    const { label, plural } = kindOf(kind);
    return `${count.toLocaleString('en')} ${inSentence(count === 1 ? label : plural)}`;
  });
  const untried = counts.untried === 0 ? [] : [`and ${formatCount(counts.untried, 'more device')}`];
  return [...lines, `In all: ${[...made, ...untried].join(', ') || 'nothing'}`, ''].join('\n');
}
