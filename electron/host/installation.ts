import { existsSync, readFileSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import path from 'node:path';
import { z } from 'zod';

/** Where the parts of this installation lie. All paths are absolute. */
export interface Installation {
  readonly version: string;
  readonly resourcesDirectory: string;
  /** The built face. */
  readonly staticRoot: string;
}

const manifest = z.object({ name: z.literal('rackhelm'), version: z.string() });

/** Walks up from the running file to the folder whose package.json is Rackhelm's. */
export function findInstallation(from: string): Installation {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const file = path.join(folder, 'package.json');
    if (existsSync(file)) {
      const parsed = manifest.safeParse(JSON.parse(readFileSync(file, 'utf8')));
      if (parsed.success) {
        return {
          version: parsed.data.version,
          resourcesDirectory: path.join(folder, 'resources'),
          staticRoot: path.join(folder, 'out', 'renderer'),
        };
      }
    }
    if (folder === path.dirname(folder)) {
      throw new Error(`No installation of Rackhelm around ${from}.`);
    }
  }
}

/** The platform's own place for application data; the same for all three shells. */
export function defaultDataDirectory(
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
  home: string = homeDirectory(),
): string {
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Rackhelm');
  if (platform === 'win32') {
    return path.join(environment.APPDATA ?? path.join(home, 'AppData', 'Roaming'), 'Rackhelm');
  }
  const shared = environment.XDG_DATA_HOME;
  // The XDG specification: a relative path there is to be ignored.
  const base = shared && path.isAbsolute(shared) ? shared : path.join(home, '.local', 'share');
  return path.join(base, 'rackhelm');
}

/** An empty HOME would put the data into whatever directory is current. */
function homeDirectory(): string {
  const home = homedir();
  return path.isAbsolute(home) ? home : userInfo().homedir;
}
