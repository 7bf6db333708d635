import type { Api, KubeObject } from './api.ts';
import { until } from './wait.ts';

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** Server-side apply without kubectl, which takes a second to start on a computer that is busy. */
export class Applier {
  readonly #api: Api;
  readonly #resources = new Map<string, readonly Resource[]>();

  constructor(api: Api) {
    this.#api = api;
  }

  /** Made where it lacks, else brought to this. */
  async apply(object: KubeObject): Promise<void> {
    const { apiVersion, metadata } = object;
    const { name, namespaced } = await this.#resourceOf(object);
    const group = groupPath(apiVersion);
    const space = namespaced ? `/namespaces/${metadata.namespace ?? 'default'}` : '';
    const path = `${group}${space}/${name}/${encodeURIComponent(metadata.name)}`;
    await this.#api.must('PATCH', `${path}?fieldManager=rackhelm-test&force=true`, {
      body: object,
      type: 'application/apply-patch+yaml',
    });
  }

  async #resourceOf({ apiVersion, kind }: KubeObject): Promise<Resource> {
    const find = () => this.#resources.get(apiVersion)?.find((one) => one.kind === kind);
    // A kind that was defined a moment ago is served a moment later.
    await until(`${kind} of ${apiVersion} is served`, async () => {
      if (find()) return true;
      const { status, body } = await this.#api.request('GET', groupPath(apiVersion));
      const all: readonly Resource[] = status === 200 ? body.resources : [];
      this.#resources.set(
        apiVersion,
        all.filter(({ name }) => !name.includes('/')),
      );
      return find() !== undefined;
    });
    const found = find();
    if (!found) throw new Error(`${kind} went away`);
    return found;
  }
}

function groupPath(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}
