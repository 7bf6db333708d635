/** How K3s calls its files for an architecture, as Kubernetes names that. */
export interface ReleaseNames {
  readonly binary: string;
  /** Without the ending that says how it is packed. */
  readonly images: string;
  readonly sums: string;
}

export function releaseNames(architecture: string | null): ReleaseNames | undefined {
  switch (architecture) {
    case 'amd64':
      return namesOf('k3s', 'amd64');
    case 'arm64':
      return namesOf('k3s-arm64', 'arm64');
    case 'arm':
      return namesOf('k3s-armhf', 'arm');
    default:
      return undefined;
  }
}

function namesOf(binary: string, word: string): ReleaseNames {
  return { binary, images: `k3s-airgap-images-${word}`, sums: `sha256sum-${word}.txt` };
}

/** `<hash>  <name>` in lines, as sha256sum writes them. */
export function readSums(text: string): ReadonlyMap<string, string> {
  return new Map(
    text
      .slice(0, 1_000_000)
      .split('\n')
      .flatMap((line) => {
        const [, sum, name] = /^([0-9a-f]{64})\s+\*?(\S{1,200})\s*$/.exec(line) ?? [];
        return sum === undefined || name === undefined ? [] : [[name, sum] as const];
      }),
  );
}
