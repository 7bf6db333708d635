import { z } from 'zod';
import { parseClusterVersion } from '../../../../../shared/cluster/version.ts';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import { readSums, releaseNames } from './architecture.ts';
import { noBuild } from './from-folder.ts';
import type { Release } from './release.ts';

/** A text of the outside world, over https. Throws where there is none. */
export type FetchText = (url: string, signal: AbortSignal) => Promise<string>;

const releases = 'https://github.com/k3s-io/k3s/releases/download';
const channels = 'https://update.k3s.io/v1-release/channels';

const timeoutMs = 20_000;
const mostBytes = 2_000_000;

/** Only asked where a person chose the network as where K3s comes from. */
export const fetchText: FetchText = async (url, signal) => {
  const either = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  try {
    const answer = await fetch(url, { signal: either, headers: { accept: '*/*' } });
    if (!answer.ok) throw outside(url, `it answers ${answer.status}`);
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of answer.body ?? []) {
      size += chunk.length;
      if (size > mostBytes) throw outside(url, 'it answers far too much');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  } catch (error) {
    if (error instanceof RackhelmError || signal.aborted) throw error;
    throw outside(url, 'it cannot be reached from this computer', error);
  }
};

/** The machine fetches the binary itself; this computer only learns its checksum. Throws as `fetch` does. */
export async function releaseFromNetwork(
  { version, architecture }: { readonly version: string; readonly architecture: string | null },
  { fetch, signal }: { readonly fetch: FetchText; readonly signal: AbortSignal },
): Promise<Release> {
  const names = releaseNames(architecture);
  if (names === undefined) throw noBuild(architecture);
  const base = `${releases}/${encodeURIComponent(version)}`;
  const sums = readSums(await fetch(`${base}/${names.sums}`, signal));
  const sum = sums.get(names.binary);
  if (sum === undefined)
    throw new RackhelmError('INVALID_INPUT', `K3s publishes no ${names.binary} of ${version}.`, {
      hint: 'Check the version; the releases of K3s list them.',
    });
  const source = { from: 'url', url: `${base}/${names.binary}` } as const;
  return { binary: { name: names.binary, sha256: sum, source }, images: null, notes: [] };
}

const channelList = z.object({
  data: z.array(z.object({ id: z.string(), latest: z.string().optional() })).max(500),
});

/** The version that a channel has now. Throws INVALID_INPUT where there is no such channel. */
export async function versionOfChannel(
  channel: string,
  { fetch, signal }: { readonly fetch: FetchText; readonly signal: AbortSignal },
): Promise<string> {
  const text = await fetch(channels, signal);
  let latest: string | undefined;
  try {
    latest = channelList.parse(JSON.parse(text)).data.find(({ id }) => id === channel)?.latest;
  } catch (cause) {
    throw outside(channels, 'what it answers is no list of channels', cause);
  }
  if (latest !== undefined && parseClusterVersion(latest) !== null) return latest;
  throw new RackhelmError('INVALID_INPUT', `K3s has no channel ${channel}.`, {
    hint: 'Say stable, latest, or a minor version such as v1.37.',
  });
}

function outside(url: string, why: string, cause?: unknown): RackhelmError {
  return new RackhelmError('OUTSIDE_UNREACHABLE', `${new URL(url).host}: ${why}.`, { cause });
}
