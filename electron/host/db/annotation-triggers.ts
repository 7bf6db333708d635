import { type Kind, kinds } from '../../../shared/model/kinds/index.ts';

/** Tables whose rows belong to a thing of any kind by `subject_kind` and `subject_id`. */
export const annotationTables = ['tagging', 'note', 'custom_value', 'attachment'] as const;

/** What no foreign key can say, since the rows lie in many tables. */
export function annotationTriggers(tables: ReadonlySet<string>): readonly string[] {
  // A test may stop at an older step.
  if (!annotationTables.every((table) => tables.has(table))) return [];
  return [
    ...kinds.map(takeAlong),
    ...annotationTables.map((table) => requireThing(table, 'insert', subjectIsThere)),
    ...(['insert', 'update'] as const).map((operation) =>
      requireThing('custom_value', operation, referenceIsThere, '_reference'),
    ),
  ];
}

/**
 * What is noted of a row goes with it, by whatever statement or cascade it is deleted. Before the row
 * itself, so that history has it first and an undo brings the row back before what belongs to it.
 * Most rows have nothing: looking first costs a tenth of five deletions that find nothing.
 */
function takeAlong({ table }: Kind): string {
  return `CREATE TRIGGER annotations_${table}_delete BEFORE DELETE ON "${table}"
WHEN ${noted.map((rows) => `EXISTS (SELECT 1 FROM ${rows})`).join('\n  OR ')}
BEGIN
${noted.map((rows) => `  DELETE FROM ${rows};`).join('\n')}
END`;
}

/** What belongs or refers to a row that is deleted. */
const noted = [
  ...annotationTables.map((table) => `${table} WHERE subject_id = OLD.id`),
  'custom_value WHERE reference_id = OLD.id',
];

const isOneOf = (kind: string, id: string) =>
  `CASE ${kind}\n${(kinds as readonly Kind[])
    .map(
      ({ name, table }) =>
        `    WHEN '${name}' THEN EXISTS (SELECT 1 FROM "${table}" WHERE id = ${id})`,
    )
    .join('\n')}\n    ELSE 0 END`;

const subjectIsThere = isOneOf('NEW.subject_kind', 'NEW.subject_id');
const referenceIsThere = `NEW.reference_id IS NULL OR ${isOneOf(
  '(SELECT target FROM custom_field WHERE id = NEW.field_id)',
  'NEW.reference_id',
)}`;

function requireThing(
  table: string,
  operation: 'insert' | 'update',
  isThere: string,
  suffix = '',
): string {
  return `CREATE TRIGGER annotations_${table}${suffix}_${operation}
BEFORE ${operation.toUpperCase()} ON ${table}
WHEN NOT (${isThere})
BEGIN
  SELECT RAISE(ABORT, 'what it belongs or refers to is gone');
END`;
}
