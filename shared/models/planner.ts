import { heldOn, type MemoryEstimate, neededPerCard } from './estimate.ts';

export interface PlanCard {
  /** UUID, or what else tells it from others. */
  readonly key: string;
  readonly name: string;
  /** Null: it does not tell; nothing is placed there. */
  readonly totalBytes: number | null;
  /** By what runs now. */
  readonly usedBytes: number | null;
}

export interface Wish {
  readonly name: string;
  readonly estimate: MemoryEstimate;
  /** Only these cards; null: any. */
  readonly gpus: readonly string[] | null;
}

export interface Placement {
  readonly name: string;
  /** Keys of its cards; null: it has no place. Empty: it needs none. */
  readonly cards: readonly string[] | null;
  /** Why it has no place. */
  readonly why: string | null;
}

/** Left free on each card: what is read as used moves a little. */
const margin = 256 * 1024 ** 2;
/** Trying all ways ends here; then the best of those tried counts. */
const mostSteps = 20_000;

/**
 * Places as many as it can, and never more on a card than it has free. Several ways are tried, the largest
 * first; which wishes have a place is decided before how evenly they lie.
 */
export function planPlaces(cards: readonly PlanCard[], wishes: readonly Wish[]): Placement[] {
  const free = new Map(cards.map((card) => [card.key, freeOf(card)]));
  const order = wishes
    .map((wish, index) => ({ wish, index }))
    .sort((a, b) => neededPerCard(b.wish.estimate) - neededPerCard(a.wish.estimate));
  const best = search(cards, order, free);
  return wishes.map((wish, index) => {
    const places = best.get(index);
    if (places !== undefined) return { name: wish.name, cards: places, why: null };
    return { name: wish.name, cards: null, why: whyNot(wish, cards) };
  });
}

type Ordered = { readonly wish: Wish; readonly index: number };

function search(
  cards: readonly PlanCard[],
  order: readonly Ordered[],
  free: Map<string, number>,
): Map<number, string[]> {
  let best = new Map<number, string[]>();
  let steps = 0;
  const placed = new Map<number, string[]>();
  const visit = (at: number) => {
    steps += 1;
    if (placed.size > best.size) best = new Map(placed);
    const next = order[at];
    const hopeless = placed.size + order.length - at <= best.size;
    if (next === undefined || hopeless || steps > mostSteps) return;
    for (const chosen of waysFor(next.wish, cards, free)) {
      for (const { key, held } of chosen) free.set(key, (free.get(key) ?? 0) - held);
      placed.set(
        next.index,
        chosen.map(({ key }) => key),
      );
      visit(at + 1);
      placed.delete(next.index);
      for (const { key, held } of chosen) free.set(key, (free.get(key) ?? 0) + held);
    }
    visit(at + 1);
  };
  visit(0);
  return best;
}

interface Part {
  readonly key: string;
  readonly held: number;
}

/** Sets of cards where it would fit now; the fullest first, so that large ones stay free. */
function waysFor(
  wish: Wish,
  cards: readonly PlanCard[],
  free: ReadonlyMap<string, number>,
): Part[][] {
  const { estimate } = wish;
  if (!estimate.known) return [];
  if (estimate.cards === 0) return [[]];
  const fitting = cards
    .flatMap(({ key, totalBytes }) => {
      if (totalBytes === null || (wish.gpus !== null && !wish.gpus.includes(key))) return [];
      const held = heldOn(estimate, totalBytes);
      const fits = held <= (free.get(key) ?? 0) && neededPerCard(estimate) <= held;
      return fits ? [{ key, held }] : [];
    })
    .sort((a, b) => (free.get(a.key) ?? 0) - (free.get(b.key) ?? 0));
  // Neighbours in that order are enough: cards with the same room are the same to it.
  return fitting
    .slice(0, Math.max(0, fitting.length - estimate.cards + 1))
    .map((_, at) => fitting.slice(at, at + estimate.cards));
}

function freeOf({ totalBytes, usedBytes }: PlanCard): number {
  return totalBytes === null || usedBytes === null
    ? 0
    : Math.max(0, totalBytes - usedBytes - margin);
}

const inGib = (bytes: number) => `${(bytes / 1024 ** 3).toFixed(1)} GiB`;

function whyNot({ estimate, gpus }: Wish, cards: readonly PlanCard[]): string {
  if (!estimate.known) return estimate.guesses[0] ?? 'How much it needs is not known.';
  const allowed = cards.filter(({ key }) => gpus === null || gpus.includes(key));
  if (allowed.length === 0) return 'There is no card that it may use.';
  const telling = allowed.filter((card) => card.totalBytes !== null && card.usedBytes !== null);
  if (telling.length === 0) return 'No card tells how much memory it has free.';
  if (telling.length < estimate.cards) {
    return `It is split over ${estimate.cards} cards, and there are ${telling.length}.`;
  }
  const needed = neededPerCard(estimate);
  const largest = Math.max(...telling.map(({ totalBytes }) => totalBytes ?? 0));
  if (estimate.share !== null && needed > estimate.share * largest) {
    return `It needs ${inGib(needed)} of each card, and its share of the largest is ${inGib(estimate.share * largest)}.`;
  }
  const free = Math.max(...telling.map(freeOf));
  const held = Math.min(...telling.map(({ totalBytes }) => heldOn(estimate, totalBytes ?? 0)));
  if (held > free) {
    return `It takes ${inGib(held)} of a card, and the most that is free on one now is ${inGib(free)}.`;
  }
  return `It takes ${inGib(held)} of each card; there is no room beside the others.`;
}
