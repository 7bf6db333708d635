import { useMemo, useState } from 'react';
import { type DiffLine, lineDiff } from '../../../shared/jobs/line-diff.ts';
import { visibleText } from '../../../shared/visible-text.ts';
import { Button } from '../button.tsx';
import { firstOf } from './diff-lines.ts';
import classes from './diff-view.module.css';

interface DiffViewProps {
  /** What it is about: the path of a file. */
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Lines that are drawn at first, and with each press for more. */
const firstLines = 300;
const moreLines = 2_000;

const signs: Readonly<Record<DiffLine['kind'], { sign: string; word: string }>> = {
  same: { sign: ' ', word: '' },
  added: { sign: '+', word: 'added: ' },
  deleted: { sign: '−', word: 'deleted: ' },
};

/** How a text changes, unified: signs and line numbers beside each line, three lines around each change. */
export function DiffView({ label, before, after }: DiffViewProps) {
  const diff = useMemo(() => lineDiff(before, after), [before, after]);
  const [most, setMost] = useState(firstLines);
  const total = diff.hunks.reduce((sum, { lines }) => sum + lines.length, 0);
  const hunks = firstOf(diff.hunks, most);
  if (total === 0) return <p className={classes.remark}>The text stays as it is.</p>;
  return (
    <div className={classes.frame}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms, a section would be one of many landmarks */}
      <div
        className={classes.scroll}
        role="group"
        // Scrolls, so it must be reachable by keyboard.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region is focusable on purpose
        tabIndex={0}
        aria-label={`Changes of ${label}`}
      >
        <table className={classes.table} aria-label={`Lines of ${label}`}>
          {hunks.map((hunk) => (
            <tbody key={hunk.head}>
              <tr className={classes.hunk}>
                <td colSpan={4}>{hunk.head}</td>
              </tr>
              {hunk.lines.map((line) => (
                <Line key={`${line.before} ${line.after}`} line={line} />
              ))}
            </tbody>
          ))}
        </table>
      </div>
      {total > most && (
        <div className={classes.more}>
          <Button tone="quiet" onClick={() => setMost(most + moreLines)}>
            {`Show more (${(total - most).toLocaleString('en')} lines)`}
          </Button>
        </div>
      )}
      {diff.whole && <p className={classes.remark}>Too different to compare line by line.</p>}
      {diff.noEnd.before !== diff.noEnd.after && (
        <p className={classes.remark}>
          {diff.noEnd.after
            ? 'Afterwards its last line has no line break.'
            : 'Until now its last line has no line break.'}
        </p>
      )}
    </div>
  );
}

function Line({ line: { kind, text, before, after } }: { readonly line: DiffLine }) {
  const { sign, word } = signs[kind];
  return (
    <tr className={classes.line} data-kind={kind}>
      <td className={classes.number}>{before}</td>
      <td className={classes.number}>{after}</td>
      <td className={classes.sign} aria-hidden>
        {sign}
      </td>
      <td className={classes.text}>
        {word !== '' && <span className="rh-hidden">{word}</span>}
        {visibleText(text)}
      </td>
    </tr>
  );
}
