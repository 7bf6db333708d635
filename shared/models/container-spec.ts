import type { ModelChoices } from './choices.ts';
import type { ModelTemplate } from './template.ts';

/** A container in plain words, before it is written for an engine or a cluster. */
export interface ContainerSpec {
  readonly name: string;
  readonly image: string;
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Names of variables whose values come from the store of secrets. */
  readonly secrets: readonly string[];
  readonly port: { readonly inside: number; readonly outside: number };
  readonly volumes: readonly { readonly name: string; readonly path: string }[];
  readonly sharedMemoryBytes: number | null;
  readonly health: { readonly path: string; readonly startSeconds: number };
  /** UUIDs, a number of any, or none. */
  readonly gpus: readonly string[] | number;
}

/** The template with what was chosen. */
export function fillTemplate(template: ModelTemplate, choices: ModelChoices): ContainerSpec {
  const values: Readonly<Record<string, string>> = {
    model: choices.model,
    quantisation: choices.quantisation,
    context: String(choices.context),
    concurrency: String(choices.concurrency),
    // llama.cpp divides what it is given among its slots.
    contextOfAll: String(choices.context * choices.concurrency),
    share: String(choices.share),
    cards: String(choices.cards),
  };
  // One pass: what a person typed is not looked through for patterns again.
  const fill = (text: string) =>
    text.replace(/\$\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole);
  return {
    name: choices.name,
    image: choices.image ?? template.image,
    arguments: template.arguments.map(fill),
    environment: Object.fromEntries(
      Object.entries(template.environment).map(([name, value]) => [name, fill(value)]),
    ),
    secrets: template.secrets.map(({ name }) => name),
    port: { inside: template.port, outside: choices.port },
    // By the template, not by the container: weights are downloaded once for all.
    volumes: template.volumes.map(({ name, path }) => ({ name, path })),
    sharedMemoryBytes:
      template.sharedMemoryGib === undefined ? null : template.sharedMemoryGib * 1024 ** 3,
    health: template.health,
    gpus: template.gpu === 'none' ? 0 : (choices.gpus ?? choices.cards),
  };
}
