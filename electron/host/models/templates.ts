import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { type ModelTemplate, modelTemplate } from '../../../shared/models/template.ts';

/** The templates that come with Rackhelm, the most useful first. A part of the installation: one that is wrong is thrown. */
export async function readTemplates(resourcesDirectory: string): Promise<ModelTemplate[]> {
  const directory = path.join(resourcesDirectory, 'models');
  const files = (await readdir(directory)).filter((file) => file.endsWith('.yaml'));
  const all = await Promise.all(
    files.map(async (file) =>
      modelTemplate.parse(parse(await readFile(path.join(directory, file), 'utf8'))),
    ),
  );
  return all.sort((a, b) => a.order - b.order);
}

/** Throws NOT_FOUND with the names that there are. */
export function templateNamed(all: readonly ModelTemplate[], name: string): ModelTemplate {
  const found = all.find((each) => each.name === name);
  if (found !== undefined) return found;
  throw new RackhelmError('NOT_FOUND', `There is no template ${name}.`, {
    hint: `There are: ${all.map((each) => each.name).join(', ')}.`,
  });
}
