import {
  estimateMemory,
  type MemoryEstimate,
  neededPerCard,
} from '../../../../shared/models/estimate.ts';
import { type PlanCard, planPlaces } from '../../../../shared/models/planner.ts';
import type { Installation } from '../../installation.ts';
import { readTemplates } from '../../models/index.ts';
import { Exit, exitCodes } from '../run-command.ts';
import { print, printJson } from '../terminal/output.ts';
import { wishFrom } from './wish.ts';

export interface PlanOptions {
  readonly card: readonly PlanCard[];
  readonly json?: true;
}

/** `rackhelm models plan`. Ends with 1 where one has no place. */
export async function planModels(
  { resourcesDirectory }: Installation,
  wishes: readonly string[],
  options: PlanOptions,
): Promise<void> {
  const templates = await readTemplates(resourcesDirectory);
  const all = wishes.map((text) => {
    const { template, choices } = wishFrom(templates, text);
    return { name: choices.name, gpus: choices.gpus, estimate: estimateMemory(template, choices) };
  });
  const places = options.card.length === 0 ? [] : planPlaces(options.card, all);
  if (options.json) {
    printJson(
      all.map(({ name, estimate }, at) => ({
        ...{ name, estimate, neededPerCard: neededPerCard(estimate) },
        place: places[at] ?? null,
      })),
    );
  } else {
    all.forEach(({ name, estimate }, at) => {
      print(`${name}\n${estimateText(estimate)}`);
      const place = places[at];
      if (place !== undefined)
        print(`  ${place.why ?? (place.cards?.join(', ') || 'needs no card')}\n`);
    });
  }
  if (places.some(({ cards }) => cards === null)) throw new Exit(exitCodes.failed);
}

const gib = (bytes: number) => `${(bytes / 1024 ** 3).toFixed(1)} GiB`;

function estimateText(estimate: MemoryEstimate): string {
  const { weights, cache, overhead, known, guesses } = estimate;
  const sum = `  weights ${gib(weights)}, cache ${gib(cache)}, beside ${gib(overhead)} for each card; of each card ${gib(neededPerCard(estimate))}\n`;
  return `${known ? sum : ''}${guesses.map((guess) => `  ${guess}\n`).join('')}`;
}
