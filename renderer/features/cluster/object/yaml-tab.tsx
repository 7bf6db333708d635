import { IconFileOff, IconPencil } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { useApp } from '../../../app/app-context.ts';
import { Button } from '../../../ui/button.tsx';
import { CopyText } from '../../../ui/copy-text.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { TextView } from '../../../ui/text-view.tsx';
import { editKey } from '../acting/edits-store.ts';
import { YamlEditor } from '../acting/yaml-editor.tsx';
import classes from './object.module.css';
import type { ObjectTabProps } from './object-tab-props.ts';

/** The object as the API gives it, to read, to copy and to edit. */
export function YamlTab({ context, page }: ObjectTabProps) {
  const { edits } = useApp().cluster;
  const { kind, one, row } = page;
  const of = { kind, namespace: row.namespace, name: row.name };
  const key = editKey(context, of);
  const editing = useStore(edits.store, (all) => all[key] !== undefined);
  if (editing) return <YamlEditor contextId={context} editKey={key} one={one} />;
  const { yaml, yamlCut, keys, gone } = page;
  if (yaml === null) {
    return (
      <EmptyState icon={IconFileOff} title="Its YAML is not held">
        It is read again once the cluster answers.
      </EmptyState>
    );
  }
  const hidden = kind === 'secrets' && keys.length > 0;
  return (
    <>
      <div className={classes.yamlHead}>
        <span>
          Without managedFields{hidden && ', and without the values of the secret'}
          {yamlCut && '. It is very large: a part of it is left out'}.
        </span>
        <CopyText text={yaml} label="the YAML" buttonOnly />
        {kind !== 'secrets' && !gone && (
          <span className={classes.yamlEdit}>
            <Button icon={IconPencil} onClick={() => void edits.begin(context, of)}>
              Edit
            </Button>
          </span>
        )}
      </div>
      <TextView label="YAML" text={yaml} />
    </>
  );
}
