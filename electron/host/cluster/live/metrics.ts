import { z } from 'zod';
import type { Usage } from '../../../../shared/cluster/kind.ts';
import { keyOf } from '../../../../shared/cluster/metadata.ts';
import { quantities } from '../../../../shared/cluster/quantity.ts';
import { listOf, optionalText, part, text } from '../../../../shared/cluster/tolerant.ts';
import type { KubeClient } from '../../connections/kubernetes/index.ts';

/** metrics-server itself measures each 15 s by default. */
const everyMs = 20_000;
/** Where nothing measures, it is not asked for all the time whether something does by now. */
const seldomMs = 120_000;
const mostBytes = 16 * 1024 * 1024;

const measured = part({
  metadata: part({ name: text, namespace: optionalText }),
  usage: quantities,
  containers: listOf(part({ usage: quantities })),
});
const answer = z.object({ items: z.array(z.unknown()) });

type Kind = 'nodes' | 'pods';

interface Measured {
  readonly at: number;
  readonly usage: ReadonlyMap<string, Usage>;
}

export interface MetricsOptions {
  readonly client: () => Promise<Pick<KubeClient, 'request'>>;
  readonly now: () => number;
  readonly onChange: () => void;
}

/** What metrics-server measures, asked for while somebody looks; nothing where there is none. */
export class Metrics {
  readonly #options: MetricsOptions;
  readonly #known = new Map<Kind, Measured>();
  readonly #due = new Map<Kind, number>();
  readonly #leave = new AbortController();

  constructor(options: MetricsOptions) {
    this.#options = options;
  }

  usageOf(kind: string, namespace: string | null, name: string): Usage | undefined {
    if (kind !== 'nodes' && kind !== 'pods') return undefined;
    return this.#known.get(kind)?.usage.get(keyOf({ namespace, name }));
  }

  /** Somebody looks at such rows: asks anew where what is known is old. */
  look(kind: Kind): void {
    const { now } = this.#options;
    if ((this.#due.get(kind) ?? 0) > now()) return;
    this.#due.set(kind, now() + everyMs);
    void this.#ask(kind);
  }

  close(): void {
    this.#leave.abort();
  }

  async #ask(kind: Kind): Promise<void> {
    const { client, now, onChange } = this.#options;
    const { signal } = this.#leave;
    try {
      const path = `/apis/metrics.k8s.io/v1beta1/${kind}`;
      const told = await (await client()).request({ path, signal, maxBytes: mostBytes });
      this.#known.set(kind, { at: now(), usage: readUsage(told) });
    } catch {
      // No metrics-server, or not for us: the columns stay empty.
      this.#due.set(kind, now() + seldomMs);
      if (!this.#known.delete(kind)) return;
    }
    if (!signal.aborted) onChange();
  }
}

function readUsage(told: unknown): Map<string, Usage> {
  const usage = new Map<string, Usage>();
  for (const item of answer.safeParse(told).data?.items ?? []) {
    const { metadata, usage: whole, containers } = measured.parse(item);
    const all = containers.length > 0 ? containers.map((each) => each.usage) : [whole];
    const sum = (name: string) => all.reduce((total, each) => total + (each[name] ?? 0), 0);
    usage.set(keyOf(metadata), { cpu: sum('cpu'), memory: sum('memory') });
  }
  return usage;
}
