import { useMemo } from 'react';
import { useApp } from '../../../../app/app-context.ts';
import type { ObjectTabProps } from '../../object/object-tab-props.ts';
import { LogPanel } from './log-panel.tsx';

/** What its containers say. */
export function LogsTab({ context, page }: ObjectTabProps) {
  const { logs } = useApp().cluster.pods;
  const { kind, row, one } = page;
  const { namespace, name } = row;
  const of = useMemo(
    () => ({ contextId: context, kind, namespace, name }),
    [context, kind, namespace, name],
  );
  return (
    <LogPanel
      {...{ logs, of, name }}
      label={`Log of the ${one} ${name}`}
      none="It has no pods"
      hasPrevious
    />
  );
}
