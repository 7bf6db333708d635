import { describe, expect, it } from 'vitest';
import { choicesFrom } from './choices.ts';
import { fillTemplate } from './container-spec.ts';
import { estimateMemory, gib, heldOn } from './estimate.ts';
import { type PlanCard, planPlaces, type Wish } from './planner.ts';
import { modelTemplate } from './template.ts';
import { toCluster } from './to-cluster.ts';
import { toCompose } from './to-compose.ts';

const template = (takesShare: boolean) =>
  modelTemplate.parse({
    ...{
      name: 'server',
      title: 'Server',
      purpose: 'Serves.',
      order: 1,
      image: 'server:1',
      port: 8000,
    },
    ...{ gpu: 'needed', defaults: {}, arguments: ['--model', `\${model}`] },
    secrets: [{ name: 'HF_TOKEN', why: 'Gated models.' }],
    volumes: [{ name: 'weights', path: '/models' }],
    health: { path: '/health', startSeconds: 60 },
    memory: { kind: 'language-model', overheadGib: 1, takesShare },
  });
const estimate = (given: Record<string, string>, takesShare = false) =>
  estimateMemory(template(takesShare), choicesFrom(template(takesShare), given));

describe('the memory of a model', () => {
  it('of Llama 3.1 8B is 15 GiB of weights in 16 bits, and 128 KiB for each token', () => {
    const found = estimate({ model: 'meta-llama/Llama-3.1-8B-Instruct', context: '8192' });
    expect(found.weights / gib).toBeCloseTo(14.96, 1);
    expect(found.kvPerToken).toBe(128 * 1024);
    expect(found.cache).toBe(gib);
  });

  it('of a 14B in AWQ is that of its files, whose embeddings stay in 16 bits', () => {
    const found = estimate({ model: 'Qwen/Qwen2.5-14B-Instruct-AWQ', quantisation: 'awq' });
    expect(found.weights / 1e9).toBeCloseTo(9.98, 1);
  });

  it('of a GGUF is that of its file', () => {
    const found = estimate({ model: 'Meta-Llama-3.1-8B-Instruct-GGUF', quantisation: 'Q4_K_M' });
    expect(found.weights / 1e9).toBeCloseTo(4.92, 1);
  });

  it('follows from what the name of the model says it is published in', () => {
    const weights = (model: string) => estimate({ model }).weights / 1e9;
    // Without a word in its name it is in 16 bits, whatever the model of the template is in.
    expect(weights('Qwen/Qwen2.5-14B-Instruct')).toBeCloseTo(29.5, 0);
    expect(weights('Qwen/Qwen2.5-14B-Instruct-AWQ')).toBeCloseTo(9.98, 1);
    expect(weights('llama3.1:8b-instruct-q8_0')).toBeCloseTo(8.5, 0);
    expect(() => estimate({ model: 'Qwen/Qwen2.5-14B-Instruct-AWQ', quantisation: 'FP8' })).toThrow(
      'is published as AWQ, not as FP8',
    );
  });

  it('over more cards than it has heads for keys and values is more than its parts', () => {
    const on = (cards: string) => estimate({ model: 'meta-llama/Llama-3.1-8B-Instruct', cards });
    expect(on('16').kvPerToken).toBe(2 * on('8').kvPerToken);
    expect(() => estimate({ model: 'qwen3-0.6b', cards: '2', gpus: 'GPU-1' })).toThrow(
      'split over 2 cards',
    );
  });

  it('says what is guessed of a model that is not known, and promises nothing without a size', () => {
    expect(estimate({ model: 'someone/new-9b' }).guesses[0]).toMatch(/not known; taken as in/);
    expect(estimate({ model: 'someone/new' }).known).toBe(false);
    // A part of another name is not that model.
    expect(estimate({ model: 'microsoft/phi-4-mini-4B' }).weights / 1e9).toBeCloseTo(8, 1);
  });

  it('of what takes a share is that share of the card', () => {
    expect(heldOn(estimate({ model: 'qwen3-0.6b' }, true), 24 * gib)).toBe(
      Math.ceil(0.9 * 24 * gib),
    );
  });
});

const card = (key: string, total: number | null, used: number | null): PlanCard => ({
  ...{ key, name: key },
  totalBytes: total === null ? null : total * gib,
  usedBytes: used === null ? null : used * gib,
});
const wish = (name: string, needed: number, cards = 1): Wish => ({
  name,
  gpus: null,
  estimate: {
    ...{ weights: needed * gib, cache: 0, overhead: 0, kvPerToken: 0 },
    ...{ share: null, cards, known: true, guesses: [] },
  },
});

describe('the planner', () => {
  it('finds the way in which all have a place', () => {
    const cards = [card('a', 25, 0), card('b', 25, 0)];
    const wishes = [wish('p', 12), wish('q', 12), wish('r', 8), wish('s', 8), wish('t', 8)];
    expect(planPlaces(cards, wishes).every((place) => place.cards !== null)).toBe(true);
  });

  it('never places more on a card than it has free, by chance of many kinds', () => {
    let seed = 7;
    const chance = (most: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % most;
    };
    for (let round = 0; round < 300; round += 1) {
      const cards = Array.from({ length: 1 + chance(4) }, (_, at) =>
        card(`${at}`, 4 + chance(40), chance(12)),
      );
      const wishes = Array.from({ length: 1 + chance(6) }, (_, at) =>
        wish(`${at}`, 1 + chance(30), 1 + chance(2)),
      );
      const held = new Map<string, number>();
      planPlaces(cards, wishes).forEach((place, at) => {
        const { estimate } = wishes[at] ?? wish('', 0);
        expect(place.cards === null).toBe(place.why !== null);
        expect(new Set(place.cards).size).toBe(place.cards?.length ?? 0);
        for (const key of place.cards ?? []) {
          held.set(key, (held.get(key) ?? 0) + estimate.weights / estimate.cards);
        }
      });
      for (const { key, totalBytes, usedBytes } of cards) {
        expect(held.get(key) ?? 0).toBeLessThanOrEqual(
          Math.max(0, (totalBytes ?? 0) - (usedBytes ?? 0)),
        );
      }
    }
  });

  it('places nothing on a card that does not tell, and says so', () => {
    const [place] = planPlaces([card('a', 24, null), card('b', null, 0)], [wish('p', 1)]);
    expect(place).toMatchObject({ cards: null, why: 'No card tells how much memory it has free.' });
  });
});

describe('what is written out', () => {
  const spec = (given: Record<string, string>) => {
    const one = template(false);
    return fillTemplate(one, choicesFrom(one, given));
  };

  it('has no value of a secret and no path of the machine', () => {
    const { objects, warnings } = toCluster(spec({ model: 'qwen3-8b' }), {
      ...{ namespace: 'models', volumeGib: 50, gpuResource: 'nvidia.com/gpu' },
      ...{ node: 'gpu-1', taints: ['gpu'] },
    });
    expect(objects.map(({ kind }) => kind)).toEqual([
      'PersistentVolumeClaim',
      'Deployment',
      'Service',
    ]);
    expect(objects[1]).toMatchObject({
      spec: {
        strategy: { type: 'Recreate' },
        template: {
          spec: {
            nodeSelector: { 'kubernetes.io/hostname': 'gpu-1' },
            tolerations: [{ key: 'gpu', operator: 'Exists' }],
            containers: [
              {
                resources: { limits: { 'nvidia.com/gpu': 1 } },
                env: [{ name: 'HF_TOKEN', valueFrom: { secretKeyRef: { key: 'HF_TOKEN' } } }],
              },
            ],
          },
        },
      },
    });
    expect(JSON.stringify(objects)).not.toContain('hostPath');
    expect(warnings.join(' ')).toMatch(/HF_TOKEN/);
  });

  it('listens on the machine alone in a compose file, on the cards that were chosen', () => {
    expect(toCompose(spec({ model: 'qwen3-8b', gpus: 'GPU-1+GPU-2' }))).toMatchObject({
      services: {
        server: {
          ports: ['127.0.0.1:8000:8000'],
          deploy: {
            resources: { reservations: { devices: [{ device_ids: ['GPU-1', 'GPU-2'] }] } },
          },
        },
      },
    });
  });

  it('takes no model that would be read as an option', () => {
    expect(() => spec({ model: '--trust-remote-code' })).toThrow(/cannot be the name/);
  });
});
