import {
  type CustomField,
  type CustomType,
  newCustomField,
} from '../../../../shared/model/custom-fields.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { KindName } from '../../../../shared/model/kinds/index.ts';
import { createAnnotations } from '../../annotations/index.ts';
import { print, printJson, tell } from '../terminal/output.ts';
import { formatTable } from '../terminal/text-table.ts';
import type { OutputOptions } from './annotation-commands.ts';
import { withRecords } from './record-commands.ts';
import { kindNamed } from './record-input.ts';

const nameOf = (word: string) => kindNamed(word).name as KindName; // of the list

/** `rackhelm custom-fields list [KIND]`. */
export function listCustomFields(kindWord: string | undefined, options: OutputOptions): void {
  const kind = kindWord === undefined ? null : nameOf(kindWord);
  withRecords(options, false, (_records, database) => {
    const fields = createAnnotations(database).customFields.list(kind);
    if (options.json) return printJson(fields);
    if (fields.length === 0) return print('No custom fields.\n');
    print(
      formatTable([
        ['KIND', 'NAME', 'TYPE', 'REQUIRED', 'MEANS'],
        ...fields.map((field) => [
          field.kind,
          field.name,
          typeText(field),
          field.required ? 'yes' : 'no',
          field.help ?? '',
        ]),
      ]),
    );
  });
}

function typeText({ type, options, target }: CustomField): string {
  if (type === 'choice') return `one of ${(options ?? []).join(', ')}`;
  return type === 'reference' ? `a ${target}` : type;
}

interface NewFieldOptions extends OutputOptions {
  readonly type: CustomType;
  readonly options?: string;
  readonly refersTo?: string;
  readonly required?: true;
  readonly about?: string;
}

/** `rackhelm custom-fields add KIND NAME --type TYPE`. */
export function addCustomField(kindWord: string, name: string, options: NewFieldOptions): void {
  const { type, options: list, refersTo, required, about } = options;
  const parsed = newCustomField.safeParse({
    kind: nameOf(kindWord),
    name,
    type,
    ...(list === undefined ? {} : { options: list.split(',').filter((one) => one.trim() !== '') }),
    ...(refersTo === undefined ? {} : { target: nameOf(refersTo) }),
    required: required === true,
    help: about ?? null,
  });
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new RackhelmError('INVALID_INPUT', `${issue?.message ?? 'That is no field'}.`, {
      hint: 'rackhelm custom-fields add --help says what there is.',
      data: { field: String(issue?.path[0] ?? '') },
    });
  }
  withRecords(options, true, (_records, database) => {
    const { id } = createAnnotations(database).customFields.create(parsed.data, 'cli');
    if (options.json) printJson(database.tables.customFields.get(id));
    else print(`Added the field ${parsed.data.name}\n`);
  });
}

/** `rackhelm custom-fields remove KIND NAME`: says how many values go, and does it only with `--yes`. */
export function removeCustomField(
  kindWord: string,
  name: string,
  options: OutputOptions & { readonly yes?: true },
): void {
  const kind = nameOf(kindWord);
  withRecords(options, false, (_records, database) => {
    const { customFields } = createAnnotations(database);
    const field = customFields
      .list(kind)
      .find((each) => each.name.toLowerCase() === name.trim().toLowerCase());
    if (field === undefined) {
      throw new RackhelmError('NOT_FOUND', `There is no custom field ${name} of a ${kind}.`, {
        hint: `rackhelm custom-fields list ${kind} shows those that there are.`,
      });
    }
    const values = customFields.countValues(field.id);
    if (options.yes !== true) {
      tell(`The field ${field.name} would be deleted with ${values} of its values.\n`);
      throw new RackhelmError('INVALID_INPUT', 'Nothing was deleted.', {
        hint: 'Give --yes to delete it; rackhelm undo brings it back.',
      });
    }
    customFields.remove({ id: field.id }, 'cli');
    if (options.json) printJson({ deleted: field, values });
    else print(`Deleted the field ${field.name} and ${values} of its values\n`);
  });
}
