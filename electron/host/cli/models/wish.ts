import { RackhelmError } from '../../../../shared/model/errors.ts';
import { choicesFrom, type ModelChoices } from '../../../../shared/models/choices.ts';
import type { ModelTemplate } from '../../../../shared/models/template.ts';
import { templateNamed } from '../../models/index.ts';

export interface Wished {
  readonly template: ModelTemplate;
  readonly choices: ModelChoices;
}

/** From `vllm,context=8192`. Throws INVALID_INPUT, NOT_FOUND. */
export function wishFrom(templates: readonly ModelTemplate[], text: string): Wished {
  const [name = '', ...words] = text.split(',');
  const template = templateNamed(templates, name);
  const given = new Map<string, string>();
  for (const word of words) {
    const at = word.indexOf('=');
    if (at < 1) {
      const hint = 'Such as context=8192.';
      throw new RackhelmError('INVALID_INPUT', `${word} says nothing that could be chosen.`, {
        hint,
      });
    }
    given.set(word.slice(0, at), word.slice(at + 1));
  }
  return { template, choices: choicesFrom(template, Object.fromEntries(given)) };
}
