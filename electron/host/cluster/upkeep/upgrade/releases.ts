import type { UpgradeWork } from '../../../../../shared/cluster/upkeep/upkeep-work.ts';
import { parseClusterVersion } from '../../../../../shared/cluster/version.ts';
import { releaseFromFolder } from '../../join/release/from-folder.ts';
import {
  type FetchText,
  fetchText,
  releaseFromNetwork,
  versionOfChannel,
} from '../../join/release/from-network.ts';
import type { Release } from '../../join/release/release.ts';

export interface ReleaseNeeds {
  /** Default: over the network of this computer. */
  readonly fetchText?: FetchText;
}

type Asked = Pick<UpgradeWork, 'version' | 'source'>;

/** The version that is meant: of a channel the one that it has now. Throws INVALID_INPUT, OUTSIDE_UNREACHABLE. */
export async function versionMeant(
  { fetchText: fetch = fetchText }: ReleaseNeeds,
  { version, source }: Asked,
  signal: AbortSignal,
): Promise<string> {
  const isVersion = parseClusterVersion(version) !== null && /^v?\d+\.\d+\.\d+/.test(version);
  if (isVersion || source.from === 'folder') return version;
  return await versionOfChannel(version, { fetch, signal });
}

/** What machines of this kind need of it. Throws INVALID_INPUT, FILE_*, OUTSIDE_UNREACHABLE. */
export function releaseFor(
  { fetchText: fetch = fetchText }: ReleaseNeeds,
  { version, source, architecture }: Asked & { readonly architecture: string },
  signal: AbortSignal,
): Promise<Release> {
  return source.from === 'folder'
    ? releaseFromFolder(source.folder, architecture, signal)
    : releaseFromNetwork({ version, architecture }, { fetch, signal });
}
