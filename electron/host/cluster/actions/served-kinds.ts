import type { ResourceType } from '../../../../shared/cluster/kube-object.ts';
import type { KubeClient } from '../../connections/kubernetes/index.ts';

/** So long what a cluster serves is believed: several objects at once are no reason to ask for each. */
const freshMs = 60_000;

interface Asked {
  readonly at: number;
  readonly types: Promise<readonly ResourceType[]>;
}

/** Which kinds clusters serve, by the context that leads there. */
export class ServedKinds {
  readonly #asked = new Map<string, Asked>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** The first that fits; what was asked a while ago is asked anew where none does. */
  async find(
    contextId: string,
    client: Pick<KubeClient, 'discovery'>,
    fits: (type: ResourceType) => boolean,
  ): Promise<ResourceType | undefined> {
    const known = this.#asked.get(contextId);
    const isFresh = known !== undefined && this.#now() - known.at < freshMs;
    const found = (await (isFresh ? known.types : this.#ask(contextId, client))).find(fits);
    if (found !== undefined || !isFresh) return found;
    return (await this.#ask(contextId, client)).find(fits);
  }

  /** Not by the signal of whoever asks first, since others wait for the same answer. */
  #ask(contextId: string, client: Pick<KubeClient, 'discovery'>): Asked['types'] {
    const { signal } = new AbortController();
    const types = client.discovery({ signal }).then((answer) => answer.types);
    const asked = { at: this.#now(), types };
    this.#asked.set(contextId, asked);
    types.catch(() => this.#asked.get(contextId) === asked && this.#asked.delete(contextId));
    return types;
  }
}
