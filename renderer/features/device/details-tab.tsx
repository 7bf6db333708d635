import { useMemo } from 'react';
import { useApp } from '../../app/app-context.ts';
import { formatRoute } from '../../app/routes.ts';
import { useResource } from '../../rpc/use-resource.ts';
import layout from '../../ui/columns.module.css';
import { CopyText } from '../../ui/copy-text.tsx';
import { type PlainColumn, PlainTable } from '../../ui/plain-table.tsx';
import { Section } from '../../ui/section.tsx';
import { TagsField } from '../../ui/tags-field.tsx';
import { Annotations } from '../annotations/annotation-parts.tsx';
import { DeviceCables } from '../cables/device-cables.tsx';
import { LinkList, ServiceLink } from '../links/thing-links.tsx';
import { FindingsOf } from '../lint/finding-list.tsx';
import { DeviceFace } from '../networks/device-face.tsx';
import { DevicePower } from '../power/device-power.tsx';
import { FieldGroup } from './declared-fields.tsx';
import classes from './device.module.css';
import { fieldGroups, rackField } from './device-fields.ts';
import { AddToDevice, DeviceRelations, FurtherFields } from './device-relations.tsx';
import type { DeviceDetails } from './device-store.ts';
import { InterfaceTable } from './interface-table.tsx';

/** Their ports are what one looks at first. */
const faced: ReadonlySet<string> = new Set(['switch', 'router', 'access-point']);

/** What the person declared; every field is edited where it stands. */
export function DetailsTab({ details }: { readonly details: DeviceDetails }) {
  const { inventory } = useApp();
  const { id } = details.device;
  const subject = useMemo(() => ({ kind: 'device' as const, id }), [id]);
  const racks = useResource(inventory.racks);
  const rackOptions = (racks.status === 'ready' ? racks.data : []).map((rack) => ({
    value: rack.id,
    label: rack.name,
  }));
  return (
    <>
      <FindingsOf id={details.device.id} />
      <div className={layout.columns}>
        {fieldGroups.map(({ title, fields }) => (
          <FieldGroup
            key={title}
            title={title}
            fields={
              title === 'Place'
                ? [rackField(rackOptions, details.device.rackName), ...fields]
                : fields
            }
            device={details.device}
          />
        ))}
        <Section title="Tags">
          <TagsEditor details={details} />
        </Section>
        <Section title="Further">
          <FurtherFields id={details.device.id} />
        </Section>
      </div>
      <div className={layout.stack}>
        {faced.has(details.device.kind) && (
          <Section
            title="Front"
            actions={
              <a
                href={formatRoute({
                  screen: 'networks',
                  view: 'switches',
                  thing: details.device.id,
                })}
              >
                Set VLANs
              </a>
            }
          >
            <DeviceFace id={details.device.id} />
          </Section>
        )}
        <Section
          title="Interfaces"
          actions={<AddToDevice id={details.device.id} record="interface" />}
        >
          <InterfaceTable id={details.device.id} />
        </Section>
        <DeviceCables id={details.device.id} name={details.device.name} />
        {details.device.kind !== 'vm' && (
          <DevicePower id={details.device.id} name={details.device.name} />
        )}
        <Section
          title="Services"
          actions={
            <AddToDevice id={details.device.id} record="service-runs-on" label="Add a service" />
          }
        >
          <ServiceTable services={details.services} />
        </Section>
        <DeviceRelations id={details.device.id} />
        <Annotations subject={subject} withoutTags />
      </div>
    </>
  );
}

function TagsEditor({ details }: { readonly details: DeviceDetails }) {
  const { device: store, inventory } = useApp();
  const known = useResource(inventory.tags);
  const { id, tags } = details.device;

  function change(next: string[]): void {
    const add = next.filter((tag) => !tags.includes(tag));
    const remove = tags.filter((tag) => !next.includes(tag));
    if (add.length + remove.length > 0) void store.tag(id, { add, remove });
  }

  return (
    <TagsField
      label="Tags"
      placeholder="Add a tag"
      known={known.status === 'ready' ? known.data.map(({ name }) => name) : []}
      value={tags}
      onChange={change}
    />
  );
}

const serviceColumns: readonly PlainColumn[] = [
  { title: 'Name' },
  { title: 'Kind' },
  { title: 'Address' },
  { title: 'Depends on' },
];

function ServiceTable({ services }: { readonly services: DeviceDetails['services'] }) {
  if (services.length === 0) return <p className={classes.quiet}>None runs here as declared.</p>;
  const rows = services.map(({ id, name, kind, url, dependsOn }) => [
    <ServiceLink key="name" id={id} name={name} />,
    <bdi key="kind">{kind}</bdi>,
    url && <CopyText key="url" text={url} />,
    <LinkList key="needs">
      {dependsOn.map(({ serviceId, serviceName }) => (
        <ServiceLink key={serviceId} id={serviceId} name={serviceName} />
      ))}
    </LinkList>,
  ]);
  return <PlainTable label="Services on this device" columns={serviceColumns} rows={rows} />;
}
