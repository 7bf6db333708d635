import { formatCount } from '../model/amounts.ts';
import { RackhelmError } from '../model/errors.ts';
import { isQuantisation, type Quantisation, quantisationOfName } from './quantisations.ts';
import type { ModelTemplate } from './template.ts';

/** What a person fills in; the rest comes from the template. */
export interface ModelChoices {
  readonly name: string;
  readonly model: string;
  readonly quantisation: Quantisation;
  /** Tokens of one request, answer included. */
  readonly context: number;
  /** Requests at once that may each use the whole context. */
  readonly concurrency: number;
  readonly billions: number | null;
  /** Of each card, for what takes a share. */
  readonly share: number;
  /** Over how many cards the model is split. */
  readonly cards: number;
  /** On the machine. */
  readonly port: number;
  /** UUIDs; null: any, as the planner or the engine gives it. */
  readonly gpus: readonly string[] | null;
  readonly image: string | null;
}

const bad = (message: string, hint: string) =>
  new RackhelmError('INVALID_INPUT', message, { hint });

/** From words such as `context=8192`. Throws INVALID_INPUT with the words that would be right. */
export function choicesFrom(
  template: ModelTemplate,
  given: Readonly<Record<string, string>>,
): ModelChoices {
  const { defaults } = template;
  for (const key of Object.keys(given)) {
    if (!keys.has(key))
      throw bad(`There is no ${key} to choose.`, `There are: ${[...keys].join(', ')}.`);
  }
  const model = given.model ?? defaults.model ?? '';
  const named = quantisationOfName(model);
  const quantisation = (
    given.quantisation ??
    named ??
    defaults.quantisation ??
    'FP16'
  ).toUpperCase();
  if (!isQuantisation(quantisation)) {
    throw bad(
      `${quantisation} is no quantisation that is known.`,
      'Such as FP16, FP8, AWQ, Q4_K_M.',
    );
  }
  // Its weights are as they were published, whatever is said here.
  if (named !== null && named !== quantisation) {
    throw bad(
      `${model} is published as ${named}, not as ${quantisation}.`,
      `Leave the quantisation out, or name the model that is published as ${quantisation}.`,
    );
  }
  const name = given.name ?? template.name;
  if (!/^[a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?$/.test(name)) {
    throw bad(`${name} cannot be a name.`, 'Small letters, digits and dashes, at the most 50.');
  }
  // It ends up as an argument of its own; one that begins with a dash would be read as an option.
  if (!/^([A-Za-z0-9/][\w./:@-]{0,199})?$/.test(model)) {
    throw bad('This cannot be the name of a model.', 'Such as Qwen/Qwen2.5-7B-Instruct.');
  }
  const gpus =
    given.gpus === undefined ? null : given.gpus.split('+').filter((each) => each !== '');
  const cards = whole(given, 'cards', { least: 1, most: 16, without: gpus?.length || 1 });
  if (gpus !== null && gpus.length !== cards) {
    throw bad(
      `It is split over ${formatCount(cards, 'card')}, and names ${gpus.length}.`,
      `Name as many as it is split over, or say cards=${gpus.length}.`,
    );
  }
  return {
    ...{ name, model, quantisation, cards, gpus },
    context: whole(given, 'context', {
      least: 1,
      most: 10_000_000,
      without: defaults.context ?? 1,
    }),
    concurrency: whole(given, 'concurrency', {
      least: 1,
      most: 10_000,
      without: defaults.concurrency ?? 1,
    }),
    billions:
      given.billions === undefined
        ? (defaults.billions ?? null)
        : number(given, 'billions', 10_000),
    share: given.share === undefined ? 0.9 : number(given, 'share', 1),
    port: whole(given, 'port', { least: 1, most: 65_535, without: template.port }),
    image: given.image ?? null,
  };
}

const keys = new Set([
  ...['name', 'model', 'quantisation', 'context', 'concurrency', 'billions'],
  ...['share', 'cards', 'port', 'gpus', 'image'],
]);

interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly without: number;
}

function whole(given: Readonly<Record<string, string>>, key: string, bounds: Bounds): number {
  const text = given[key];
  if (text === undefined) return bounds.without;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= bounds.least && value <= bounds.most) return value;
  throw bad(`${key} cannot be ${text}.`, `A whole number from ${bounds.least} to ${bounds.most}.`);
}

function number(given: Readonly<Record<string, string>>, key: string, most: number): number {
  const value = Number(given[key]);
  if (value > 0 && value <= most) return value;
  throw bad(`${key} cannot be ${given[key]}.`, `A number above 0, at the most ${most}.`);
}
