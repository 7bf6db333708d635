import { useState } from 'react';
import { useApp } from '../../../app/app-context.ts';
import { Button } from '../../../ui/button.tsx';
import { isolated } from '../../../ui/isolate.ts';
import { PlainTable } from '../../../ui/plain-table.tsx';
import own from '../containers.module.css';
import type { ContainerTabProps } from './container-tab-props.ts';

/** Variables; what looks like a secret is shown only when a person asks for it. */
export function EnvironmentTable({ engineId, page }: ContainerTabProps) {
  const { containers, notify } = useApp();
  const [shown, setShown] = useState<ReadonlyMap<string, string>>(new Map());
  async function reveal(name: string): Promise<void> {
    const outcome = await containers.reveal({ engineId, container: page.row.key }, name);
    if (outcome.ok) setShown((before) => new Map(before).set(name, outcome.value.value));
    else notify.failed(outcome.failure);
  }
  return (
    <PlainTable
      label="Environment"
      columns={[{ title: 'Name' }, { title: 'Value' }]}
      rows={page.environment.map(({ name, value }) => {
        const text = value ?? shown.get(name);
        return [
          <bdi key="name" className="rh-mono">
            {name}
          </bdi>,
          text === undefined ? (
            <Button
              key="show"
              tone="quiet"
              label={`Show the value of ${isolated(name)}`}
              onClick={() => void reveal(name)}
            >
              Hidden. Show it
            </Button>
          ) : (
            <bdi key="value" className={`rh-mono ${own.wraps}`}>
              {text}
            </bdi>
          ),
        ];
      })}
    />
  );
}
