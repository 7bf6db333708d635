import { architectureOf } from './architecture.ts';
import type { ModelChoices } from './choices.ts';
import { quantisations } from './quantisations.ts';
import type { ModelTemplate } from './template.ts';

export const gib = 1024 ** 3;

/** What a container needs of the cards' memory, in bytes over all its cards. */
export interface MemoryEstimate {
  readonly weights: number;
  readonly cache: number;
  /** Of each card. */
  readonly overhead: number;
  readonly kvPerToken: number;
  /** Of each card; what it takes is this share of the card, needed or not. Null: as much as it needs. */
  readonly share: number | null;
  readonly cards: number;
  /** False: its size is not known, so nothing can be promised. */
  readonly known: boolean;
  /** What was guessed, and what is to be known about the figure; each a sentence. */
  readonly guesses: readonly string[];
}

const nothing = { weights: 0, cache: 0, overhead: 0, kvPerToken: 0, share: null, known: true };

export function estimateMemory(template: ModelTemplate, choices: ModelChoices): MemoryEstimate {
  const { memory } = template;
  if (memory.kind === 'none') return { ...nothing, cards: 0, guesses: [] };
  if (memory.kind === 'open') {
    return {
      ...{ ...nothing, cards: 1, overhead: memory.typicalGib * gib },
      guesses: [
        `What it takes depends on what is done in it; ${memory.typicalGib} GiB are assumed.`,
      ],
    };
  }
  return ofWeights(memory, choices);
}

type Weighed = Exclude<ModelTemplate['memory'], { kind: 'none' | 'open' }>;

function ofWeights(memory: Weighed, choices: ModelChoices): MemoryEstimate {
  const { cards } = choices;
  const overhead = memory.overheadGib * gib;
  const takesShare = memory.kind === 'language-model' && memory.takesShare;
  const share = takesShare ? choices.share : null;
  const found = architectureOf(choices.model, choices.billions);
  if (found === null) {
    const why =
      'How large this model is cannot be told from its name; say its billions of parameters.';
    return { ...nothing, overhead, share, cards, known: false, guesses: [why] };
  }
  const { bits, embeddingBits } = quantisations[choices.quantisation];
  const apart = embeddingBits === null ? 0 : found.embedding;
  const weights = ((found.parameters - apart) * bits + apart * (embeddingBits ?? 0)) / 8;
  // Keys and values, two bytes each: caches of 8 bits have to be asked for, and no template does.
  const kvPerToken =
    memory.kind === 'weights'
      ? 0
      : 2 * found.layers * heldHeads(found.kvHeads, cards) * found.headSize * 2;
  return {
    ...{ overhead, share, cards, kvPerToken, known: true },
    weights: Math.ceil(weights),
    cache: kvPerToken * choices.context * choices.concurrency,
    guesses: [
      // For weights alone, layers and heads do not matter.
      ...(found.guess === null || memory.kind === 'weights' ? [] : [found.guess]),
      `Beside weights and cache, ${memory.overheadGib} GiB for each card are assumed.`,
      ...(share === null
        ? []
        : [
            `It takes ${Math.round(share * 100)} % of each card at its start, whatever the model needs, and uses what is left for more requests at once.`,
          ]),
    ],
  };
}

/** Of more cards than heads each holds one all the same. */
const heldHeads = (heads: number, cards: number) => cards * Math.ceil(heads / cards);

/** What the container itself has to have on each card: weights and cache are split evenly. */
export function neededPerCard(estimate: MemoryEstimate): number {
  const { weights, cache, overhead, cards } = estimate;
  return cards === 0 ? 0 : Math.ceil((weights + cache) / cards + overhead);
}

/** What it holds of a card of this size once it runs. */
export function heldOn(estimate: MemoryEstimate, totalBytes: number): number {
  const needed = neededPerCard(estimate);
  return estimate.share === null ? needed : Math.ceil(estimate.share * totalBytes);
}
