import { RackhelmError } from '../../../shared/model/errors.ts';
import type { Kind } from '../../../shared/model/kinds/index.ts';
import { inSentence } from '../../../shared/model/kinds/words.ts';
import { constraintOf, fieldsKeptIn } from '../db/index.ts';

/** What the tables refuse, as a sentence; any other error comes back as it is. */
export function explainConstraint(kind: Kind, error: unknown): unknown {
  const constraint = constraintOf(error);
  if (constraint === undefined) return error;
  const { type, columns } = constraint;
  const named = fieldsKeptIn(kind, columns);
  const field = named.at(-1);
  const data = field === undefined ? {} : { field };
  const labels = named.map((name) => inSentence(kind.fields[name]?.label ?? name)).join(' and ');
  const options = { cause: error, data };
  if (type === 'unique') {
    const what = labels === '' ? 'name' : labels;
    return new RackhelmError(
      'DUPLICATE',
      `There is a ${inSentence(kind.label)} with this ${what} already.`,
      options,
    );
  }
  if (type === 'reference') {
    return new RackhelmError('NOT_FOUND', 'What it refers to does not exist any more.', options);
  }
  if (type === 'missing') {
    return new RackhelmError('INVALID_INPUT', `It needs ${labels || 'a name'}.`, options);
  }
  return new RackhelmError(
    'INVALID_INPUT',
    `A ${inSentence(kind.label)} cannot be like this.`,
    options,
  );
}
