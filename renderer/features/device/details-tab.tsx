import { TagsInput, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { InterfaceRow } from '../../../shared/model/inventory.ts';
import { useApp } from '../../app/app-context.ts';
import type { Failure } from '../../rpc/failure.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Button } from '../../ui/button.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { EditableField } from '../../ui/editable-field.tsx';
import { Callout } from '../../ui/error-state.tsx';
import { formatDateTime } from '../../ui/formatting.ts';
import { isolatedList } from '../../ui/isolate.ts';
import { Section } from '../../ui/section.tsx';
import classes from './device.module.css';
import { type FieldSpec, fieldGroups, rackField } from './device-fields.ts';
import type { DeviceDetails } from './device-store.ts';

/** What the person declared; every field is edited where it stands. */
export function DetailsTab({ details }: { readonly details: DeviceDetails }) {
  const { inventory } = useApp();
  const racks = useResource(inventory.racks);
  const rackOptions = (racks.status === 'ready' ? racks.data : []).map((rack) => ({
    value: rack.id,
    label: rack.name,
  }));
  return (
    <>
      <div className={classes.columns}>
        {fieldGroups.map(({ title, fields }) => (
          <Section key={title} title={title}>
            <dl>
              {(title === 'Place'
                ? [rackField(rackOptions, details.device.rackName), ...fields]
                : fields
              ).map((spec) => (
                <DeclaredField key={spec.key} spec={spec} device={details.device} />
              ))}
            </dl>
          </Section>
        ))}
        <Section title="Tags">
          <TagsEditor details={details} />
        </Section>
      </div>
      <div className={classes.stack}>
        <Section title="Interfaces">
          <InterfaceTable interfaces={details.interfaces} />
        </Section>
        <Section title="Services">
          <ServiceTable services={details.services} />
        </Section>
        <Section title="Notes">
          <Notes details={details} />
        </Section>
      </div>
    </>
  );
}

interface DeclaredFieldProps {
  readonly spec: FieldSpec;
  readonly device: DeviceDetails['device'];
}

function DeclaredField({ spec, device }: DeclaredFieldProps) {
  const { device: store } = useApp();
  async function save(text: string): Promise<string | null> {
    const outcome = await store.edit(device.id, spec.patch(text));
    if (outcome.ok) return null;
    return `${outcome.failure.message} ${outcome.failure.hint}`;
  }
  return (
    <EditableField
      label={spec.label}
      value={spec.value(device)}
      onSave={save}
      {...(spec.display === undefined ? {} : { display: spec.display(device) })}
      {...(spec.mono === undefined ? {} : { mono: spec.mono })}
      {...(spec.multiline === undefined ? {} : { multiline: spec.multiline })}
      {...(spec.options === undefined ? {} : { options: spec.options })}
      {...(spec.placeholder === undefined ? {} : { placeholder: spec.placeholder })}
      {...(spec.validate === undefined ? {} : { validate: spec.validate })}
    />
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
    <TagsInput
      aria-label="Tags"
      placeholder="Add a tag"
      className={classes.tagsRow}
      data={known.status === 'ready' ? known.data.map(({ name }) => name) : []}
      value={tags}
      onChange={change}
    />
  );
}

function InterfaceTable({ interfaces }: { readonly interfaces: readonly InterfaceRow[] }) {
  if (interfaces.length === 0) {
    return (
      <p className={classes.quiet}>
        None declared. Accept the observed ones after collecting facts.
      </p>
    );
  }
  return (
    <div className={classes.scrollX}>
      <table className={classes.table} aria-label="Interfaces">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Kind</th>
            <th scope="col">MAC</th>
            <th scope="col">Addresses</th>
            <th scope="col">VLANs</th>
            <th scope="col" className={classes.number}>
              MTU
            </th>
          </tr>
        </thead>
        <tbody>
          {interfaces.map((each) => (
            <tr key={each.id}>
              <td>
                <bdi>{each.name}</bdi>
              </td>
              <td>{each.kind}</td>
              <td>
                {each.macs.map((mac) => (
                  <div key={mac}>
                    <CopyText text={mac} />
                  </div>
                ))}
              </td>
              <td>
                {each.addresses.map(({ id, address }) => (
                  <div key={id}>
                    <CopyText text={address} />
                  </div>
                ))}
              </td>
              <td>
                <span className={classes.vlans}>
                  {each.vlans.map((vlan) => (
                    <span key={vlan.vlanId}>
                      {vlan.vlanId} <bdi>{vlan.name}</bdi>{' '}
                      <span className={classes.quiet}>{vlan.tagged ? 'tagged' : 'untagged'}</span>
                    </span>
                  ))}
                </span>
              </td>
              <td className={classes.number}>{each.mtu}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ServiceTable({ services }: { readonly services: DeviceDetails['services'] }) {
  if (services.length === 0) return <p className={classes.quiet}>None runs here as declared.</p>;
  return (
    <table className={classes.table} aria-label="Services on this device">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Kind</th>
          <th scope="col">Address</th>
          <th scope="col">Depends on</th>
        </tr>
      </thead>
      <tbody>
        {services.map((service) => (
          <tr key={service.id}>
            <td>
              <bdi>{service.name}</bdi>
            </td>
            <td>
              <bdi>{service.kind}</bdi>
            </td>
            <td>{service.url && <CopyText text={service.url} />}</td>
            <td>{isolatedList(service.dependsOn.map(({ serviceName }) => serviceName))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Notes({ details }: { readonly details: DeviceDetails }) {
  const { device: store } = useApp();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function add(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (text.trim() === '' || busy) return;
    setBusy(true);
    const outcome = await store.addNote(details.device.id, text.trim());
    setBusy(false);
    // What was typed on meanwhile is another note.
    if (outcome.ok) setText((now) => (now === text ? '' : now));
    setFailure(outcome.ok ? null : outcome.failure);
  }

  return (
    <>
      {details.notes.map((note) => (
        <div key={note.id} className={classes.note}>
          <time className={classes.noteWhen}>{formatDateTime(note.at)}</time>
          <p dir="auto">{note.text}</p>
        </div>
      ))}
      <form className={classes.noteForm} onSubmit={(event) => void add(event)}>
        <Textarea
          aria-label="New note"
          placeholder="Write a note"
          autosize
          minRows={1}
          maxRows={8}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" disabled={text.trim() === ''} busy={busy}>
          Add note
        </Button>
      </form>
      {failure && (
        <Callout tone="danger" title={failure.message}>
          {failure.hint}
        </Callout>
      )}
    </>
  );
}
