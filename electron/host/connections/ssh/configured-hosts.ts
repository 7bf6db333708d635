import os from 'node:os';
import path from 'node:path';
import { type ConfigLine, readConfig } from './config-file.ts';

/**
 * The machines that an ssh configuration file names, in its order, files that it includes among
 * them. Patterns (`*`, `?`, `!`) are no machines; an Include whose path depends on the machine is
 * passed over. Throws SSH_CONFIG_INVALID.
 */
export async function listConfiguredHosts(
  file: string,
  home: string = os.homedir(),
): Promise<readonly string[]> {
  const source = { file, includeBase: path.join(home, '.ssh'), required: true };
  const expandInclude = (written: string) => (/%|\$\{/.test(written) ? null : written);
  return [...new Set(namesIn(await readConfig(source, { home, expandInclude })))];
}

function namesIn(lines: readonly ConfigLine[]): string[] {
  return lines.flatMap((line) => {
    if (line.included) return line.included.flatMap(namesIn);
    return line.keyword === 'host' ? line.args.filter((name) => !/[*?!]/.test(name)) : [];
  });
}
