import { X509Certificate } from 'node:crypto';
import { filesBelow } from '../files.ts';
import { Fatal, log } from '../log.ts';
import { agentDirectory, tlsDirectory } from '../places.ts';

/** `certificate check`: which there are, and until when each is valid. */
export async function runCertificate(words: readonly string[]): Promise<void> {
  if (words[0] !== 'check') throw new Fatal(`No help topic for '${words[0]}'`);
  for (const directory of [tlsDirectory, agentDirectory]) {
    for (const [name, text] of Object.entries(filesBelow(directory, /\.crt$/))) {
      const { subject, validTo } = new X509Certificate(text);
      const until = new Date(validTo).toISOString().replace(/\.\d+Z$/, 'Z');
      const ok = Date.parse(validTo) > Date.now();
      log(
        ok ? 'info' : 'warning',
        `${directory}/${name}: certificate ${subject.split('\n').join(',')} ${ok ? 'is ok, expires at' : 'is expired, at'} ${until}`,
      );
    }
  }
}
