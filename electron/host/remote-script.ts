import { readFileSync } from 'node:fs';
import path from 'node:path';

/** What each script is made of, in this order; functions first, the last line of all starts the work. */
const pieces = {
  facts: ['frames.sh', 'looks.sh', 'facts.sh'],
  preflight: ['frames.sh', 'looks.sh', 'preflight.sh'],
  ports: ['frames.sh', 'ports.sh'],
  engineSockets: ['engine-sockets.sh'],
  gpus: ['frames.sh', 'gpus.sh'],
} as const;
export type RemoteScript = keyof typeof pieces;

/** The text of a script that is run on machines, whole, as it goes over stdin to `sh -s`. */
export function readRemoteScript(resourcesDirectory: string, name: RemoteScript): string {
  return pieces[name]
    .map((file) => readFileSync(path.join(resourcesDirectory, file), 'utf8'))
    .join('\n');
}
