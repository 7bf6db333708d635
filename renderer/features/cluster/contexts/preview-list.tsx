import { Checkbox } from '@mantine/core';
import type { ContextPreview, KubeconfigPreview } from '../../../../shared/cluster/contexts.ts';
import type { Outcome } from '../../../app/outcome.ts';
import { Callout } from '../../../ui/error-state.tsx';
import { isolated } from '../../../ui/isolate.ts';
import { ContextNotes } from './context-note.tsx';
import { signInWords } from './context-words.ts';
import classes from './contexts.module.css';
import { SignInCommandView } from './sign-in-command.tsx';

interface PreviewListProps {
  readonly preview: KubeconfigPreview;
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
  readonly onAllow: (context: ContextPreview) => Promise<Outcome<unknown>>;
}

/** What a kubeconfig holds: nothing is saved and nothing is asked of a cluster as yet. */
export function PreviewList({ preview, chosen, onChange, onAllow }: PreviewListProps) {
  const left = preview.total - preview.contexts.length;
  const toggle = (key: string) =>
    onChange(chosen.includes(key) ? chosen.filter((each) => each !== key) : [...chosen, key]);
  return (
    <>
      {preview.problems.map(({ file, text }) => (
        <Callout key={`${file} ${text}`} tone="warn" title={file ?? 'This text'}>
          <bdi>{text}</bdi>
        </Callout>
      ))}
      <ul className={classes.previews}>
        {preview.contexts.map((context) => (
          <li key={context.key} className={classes.preview}>
            <Checkbox
              checked={chosen.includes(context.key)}
              disabled={context.problem !== null}
              onChange={() => toggle(context.key)}
              label={<bdi className={classes.previewName}>{context.name}</bdi>}
            />
            <div className={classes.previewBody}>
              <ContextFacts context={context} />
              {context.command !== null && (
                <SignInCommandView
                  command={context.command}
                  of={isolated(context.name)}
                  onAllow={() => onAllow(context)}
                />
              )}
            </div>
          </li>
        ))}
      </ul>
      {left > 0 && <p className={classes.quiet}>{`${left.toLocaleString('en')} more.`}</p>}
    </>
  );
}

function ContextFacts({ context }: { readonly context: ContextPreview }) {
  return (
    <>
      <p>
        <code>
          <bdi>{context.server}</bdi>
        </code>
        {context.current && <span className={classes.quiet}> · the current one</span>}
      </p>
      <p className={classes.quiet}>
        <bdi>{context.user}</bdi> signs in with {signInWords(context.ways)}
        {context.namespace !== null && (
          <>
            , namespace <bdi>{context.namespace}</bdi>
          </>
        )}
        {context.file !== null && (
          <>
            , in <bdi>{context.file}</bdi>
          </>
        )}
      </p>
      {context.takenAs.length > 0 && <p>It is connected already.</p>}
      {context.problem !== null && (
        <Callout tone="danger" title="It cannot be used.">
          <bdi>{context.problem}</bdi>
        </Callout>
      )}
      <ContextNotes warnings={context.warnings} certificates={context.certificates} />
    </>
  );
}
