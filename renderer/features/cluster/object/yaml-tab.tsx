import { IconFileOff } from '@tabler/icons-react';
import { CopyText } from '../../../ui/copy-text.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { TextView } from '../../../ui/text-view.tsx';
import classes from './object.module.css';
import type { ObjectTabProps } from './object-tab-props.ts';

/** The object as the API gives it, to read and to copy. */
export function YamlTab({ page: { yaml, yamlCut, keys, kind } }: ObjectTabProps) {
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
      </div>
      <TextView label="YAML" text={yaml} />
    </>
  );
}
