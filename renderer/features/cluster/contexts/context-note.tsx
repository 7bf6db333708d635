import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { ContextCertificate, ContextWarning } from '../../../../shared/cluster/contexts.ts';
import { certificateWords } from './context-words.ts';
import classes from './contexts.module.css';

/** Only to know; everything else wants a person. */
const mild: ReadonlySet<ContextWarning['kind']> = new Set([
  'proxy',
  'loopback',
  'repeated',
  'another-by-kubectl',
]);

/** What stands in full where it belongs: the command, and dates with their certificates. */
const elsewhere: ReadonlySet<ContextWarning['kind']> = new Set([
  'command',
  'expiring',
  'not-allowed',
]);

interface ContextNotesProps {
  readonly warnings: readonly ContextWarning[];
  readonly certificates: readonly ContextCertificate[];
}

/** What a person has to know of a context before it is used. */
export function ContextNotes({ warnings, certificates }: ContextNotesProps) {
  const notes = [
    ...warnings
      .filter(({ kind }) => !elsewhere.has(kind))
      .map(({ kind, text }) => ({ text, warns: !mild.has(kind) })),
    ...certificates.flatMap((each) => {
      const text = certificateWords(each);
      return text === null ? [] : { text, warns: true };
    }),
  ];
  if (notes.length === 0) return null;
  return (
    <ul className={classes.notes}>
      {notes.map(({ text, warns }) => {
        const IconShape = warns ? IconAlertTriangle : IconInfoCircle;
        return (
          <li key={text} className={classes.note} data-warns={warns || undefined}>
            <IconShape aria-hidden className={classes.noteIcon} />
            <span>
              {warns && <span className="rh-hidden">Warning: </span>}
              <bdi>{text}</bdi>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
