import os from 'node:os';
import path from 'node:path';

export interface DefaultFiles {
  readonly from: 'KUBECONFIG' | 'home';
  readonly files: readonly string[];
}

const mostFiles = 50;

/** What kubectl would read: `$KUBECONFIG`, which may name several, or `~/.kube/config`. */
export function defaultFiles(
  environment: NodeJS.ProcessEnv = process.env,
  home: string = os.homedir(),
): DefaultFiles {
  const named = (environment.KUBECONFIG ?? '').split(path.delimiter).filter((file) => file !== '');
  if (named.length === 0) return { from: 'home', files: [path.join(home, '.kube', 'config')] };
  const files = [...new Set(named.map((file) => path.resolve(file)))];
  return { from: 'KUBECONFIG', files: files.slice(0, mostFiles) };
}

/** As a person types a path. */
export function absoluteFile(file: string, home: string = os.homedir()): string {
  return file === '~' || file.startsWith('~/')
    ? path.join(home, file.slice(1))
    : path.resolve(file);
}
