import { IconBook2, IconDownload, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { WholeDeviceType } from '../../../shared/contract/device-types.ts';
import { kindOf } from '../../../shared/model/kinds/index.ts';
import { useApp } from '../../app/app-context.ts';
import { formatRoute } from '../../app/routes.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Button } from '../../ui/button.tsx';
import { Crumbs } from '../../ui/crumbs.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Field, FieldList } from '../../ui/field-list.tsx';
import { PageBody, PageHeader } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { shownValue } from '../records/record-value.tsx';
import classes from './device-types.module.css';
import { chosenBy } from './device-types-store.ts';
import { saveTypeFile } from './save-file.ts';
import { TypePorts } from './type-ports.tsx';

/** A type that comes with Rackhelm and is not in the inventory: to look at, and to take. */
export function LibraryTypePage({ typeKey }: { readonly typeKey: string }) {
  const { deviceTypes, router } = useApp();
  const resource = deviceTypes.one(typeKey);
  const state = useResource(resource);
  if (state.status === 'loading') {
    return (
      <>
        <PageHeader title="Device types" />
        <PageBody>
          <Skeleton label="Reading the type" lines={10} />
        </PageBody>
      </>
    );
  }
  if (state.status === 'failed' && state.failure.code === 'NOT_FOUND') {
    return (
      <EmptyState
        icon={IconBook2}
        title="There is no such device type"
        actions={
          <Button onClick={() => router.go({ screen: 'racks', view: 'types' })}>
            All device types
          </Button>
        }
      />
    );
  }
  if (state.status === 'failed') {
    return <ErrorState error={state.failure} onRetry={() => void resource.reload()} />;
  }
  return <Page type={state.data} typeKey={typeKey} />;
}

interface PageProps {
  readonly type: WholeDeviceType;
  readonly typeKey: string;
}

function Page({ type, typeKey }: PageProps) {
  const { deviceTypes, router } = useApp();
  const [busy, setBusy] = useState(false);
  const { row, values, ports } = type;

  async function take(): Promise<void> {
    setBusy(true);
    const outcome = await deviceTypes.take(row.slug ?? '', row.title);
    setBusy(false);
    if (!outcome.ok) return;
    router.replace({ screen: 'thing', kind: 'device-type', id: outcome.value.id });
  }

  return (
    <>
      <PageHeader
        takesFocus
        windowTitle={row.title}
        title={
          <Crumbs
            above={[
              {
                id: 'types',
                link: <a href={formatRoute({ screen: 'racks', view: 'types' })}>Device types</a>,
              },
            ]}
            here={row.title}
          />
        }
        note="comes with Rackhelm"
        actions={
          <>
            <Button
              icon={IconDownload}
              onClick={() => void saveTypeFile(deviceTypes, chosenBy(typeKey))}
            >
              Save as file
            </Button>
            {row.id === null ? (
              <Button tone="primary" icon={IconPlus} busy={busy} onClick={() => void take()}>
                Add to the inventory
              </Button>
            ) : (
              <Button
                onClick={() =>
                  router.go({ screen: 'thing', kind: 'device-type', id: row.id ?? '' })
                }
              >
                Open in the inventory
              </Button>
            )}
          </>
        }
      />
      <PageBody>
        <div className={classes.columns}>
          <Section title="Type">
            <Facts values={values} />
          </Section>
          <div className={classes.stack}>
            <TypePorts ports={ports} />
          </div>
        </div>
      </PageBody>
    </>
  );
}

function Facts({ values }: { readonly values: WholeDeviceType['values'] }) {
  const { fields } = kindOf('device-type');
  return (
    <FieldList>
      {Object.entries(fields).map(([name, field]) => {
        const value = values[name] ?? null;
        const shown = value === null ? '' : shownValue(field, value);
        // It cannot be declared here: what is not known is left out.
        return (
          shown !== '' && (
            <Field key={name} label={field.label}>
              <span dir="auto">{shown}</span>
            </Field>
          )
        );
      })}
    </FieldList>
  );
}
