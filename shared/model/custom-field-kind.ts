import { customTypes } from './custom-fields.ts';
import { choice, number, text, yesNo } from './kinds/field.ts';
import { type Kind, type KindName, kindNames, kindOf } from './kinds/index.ts';

/**
 * Definitions of custom fields as files have them: described as a kind is, so that they are read,
 * compared and written as things are. They are no kind: nothing is noted of them, and no table lists them.
 */
export const customFieldKind: Kind = {
  name: 'custom-field',
  table: 'custom_field',
  label: 'Custom field',
  plural: 'Custom fields',
  key: ['kind', 'name'],
  named: true,
  fields: {
    kind: choice('Kind', kindNames, { required: true }),
    name: text('Name', { required: true, most: 60 }),
    type: choice('Type', customTypes, { required: true }),
    /** JSON, as it is kept; a list in files. */
    options: { type: 'long-text', label: 'Options', most: 20_000 },
    target: choice('Refers to', kindNames),
    required: yesNo('Required', { required: true, standard: false }),
    help: { type: 'long-text', label: 'Help', most: 500 },
    ordinal: number('Order', 0, 10_000_000, { required: true, standard: 0 }),
  },
};

export const fileKindNames = ['custom-field', ...kindNames] as const;
export type FileKindName = KindName | 'custom-field';

/** Also of what files have beside the kinds. */
export const fileKindOf = (name: string): Kind =>
  name === customFieldKind.name ? customFieldKind : kindOf(name);
