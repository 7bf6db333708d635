import type { Evidence } from '../../../shared/checks/check.ts';
import { visibleText } from '../../../shared/visible-text.ts';
import { CopyText } from '../copy-text.tsx';
import classes from './evidence.module.css';
import { circumstances, cutText, evidenceText, isProgram, silentText } from './evidence-text.ts';

/** What something rests on: each command or query with what came back. */
export function EvidenceList({ evidence }: { readonly evidence: readonly Evidence[] }) {
  if (evidence.length === 0) return <p className={classes.none}>Nothing was run for it.</p>;
  return (
    <ul className={classes.list} aria-label="Evidence">
      {evidence.map((each, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same may have run twice, and none moves
        <li key={index} className={classes.one}>
          <EvidenceView evidence={each} />
        </li>
      ))}
    </ul>
  );
}

function EvidenceView({ evidence }: { readonly evidence: Evidence }) {
  const said = visibleText(evidence.said).replace(/\n+$/, '');
  return (
    <>
      <div className={classes.head}>
        <code className={classes.ran}>
          {isProgram(evidence) && (
            <span className={classes.prompt} aria-hidden>
              ${' '}
            </span>
          )}
          <bdi>{visibleText(evidence.ran)}</bdi>
        </code>
        <CopyText text={evidenceText(evidence)} label="this evidence" buttonOnly />
      </div>
      <p className={classes.circumstances}>
        {circumstances(evidence).map((each) => (
          <bdi key={each}>{each}</bdi>
        ))}
      </p>
      {said === '' ? (
        <p className={classes.silent}>{silentText}</p>
      ) : (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms, a section would be one of many landmarks
        <div
          className={classes.said}
          role="group"
          // Scrolls, so it must be reachable by keyboard.
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region is focusable on purpose
          tabIndex={0}
          aria-label="What came back"
        >
          <pre className={classes.output} dir="auto">
            {said}
          </pre>
        </div>
      )}
      {evidence.cut && <p className={classes.cut}>{cutText}</p>}
    </>
  );
}
