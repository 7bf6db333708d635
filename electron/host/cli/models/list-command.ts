import type { Installation } from '../../installation.ts';
import { readTemplates } from '../../models/index.ts';
import { print, printJson } from '../terminal/output.ts';
import { formatTable } from '../terminal/text-table.ts';

/** `rackhelm models list`. */
export async function listTemplates(
  { resourcesDirectory }: Installation,
  { json }: { readonly json?: true },
): Promise<void> {
  const all = await readTemplates(resourcesDirectory);
  if (json) printJson(all);
  else
    print(
      formatTable([['NAME', 'IMAGE', 'PURPOSE'], ...all.map((t) => [t.name, t.image, t.purpose])]),
    );
}
