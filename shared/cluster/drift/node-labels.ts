/**
 * Labels that a person gives a node, beside the tags of its device: the tag `disk=ssd` stands for the label
 * `disk` of the value `ssd`. Other tags say nothing of labels.
 */
export function declaredLabels(tags: readonly string[]): Map<string, string> {
  const read = new Map<string, string>();
  for (const tag of tags) {
    const at = tag.indexOf('=');
    if (at > 0) read.set(tag.slice(0, at).trim(), tag.slice(at + 1).trim());
  }
  return read;
}

export function labelTags(labels: ReadonlyMap<string, string>): string[] {
  return [...labels].map(([key, value]) => `${key}=${value}`).sort();
}

/** What Kubernetes, its distributions and drivers write by themselves: nobody declares it. */
const byThemselves =
  /^(?:[a-z0-9-]+\.)*(?:kubernetes\.io|k8s\.io|k3s\.io|rke2\.io|cattle\.io|kubevirt\.io|nvidia\.com)\//;
/** Of the above those that a person sets. */
const byPeople = /^topology\.kubernetes\.io\//;

export function isOwnLabel(key: string): boolean {
  return byPeople.test(key) || !byThemselves.test(key);
}
