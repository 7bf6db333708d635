import type { ServiceRow } from '../../../shared/model/inventory.ts';
import { ActionButton } from '../../app/actions/action-button.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { Field, FieldList } from '../../ui/field-list.tsx';
import inspector from '../inspector/inspector.module.css';
import { DeviceLink, LinkList, ServiceLink } from '../links/thing-links.tsx';
import { portsText } from '../proposals/proposal-words.tsx';
import { RecordActions } from '../records/record-actions.tsx';

interface ServiceSummaryProps {
  readonly service: ServiceRow;
  /** All of them, this one included: to say what uses it. */
  readonly services: readonly ServiceRow[];
}

/** A service in the inspector. */
export function ServiceSummary({ service, services }: ServiceSummaryProps) {
  const usedBy = services.filter((each) =>
    each.dependsOn.some(({ serviceId }) => serviceId === service.id),
  );
  return (
    <div className={inspector.panel}>
      <h2 className={inspector.title}>
        <bdi>{service.name}</bdi>
      </h2>
      <p className={inspector.subtitle}>
        <bdi>{service.kind}</bdi>
      </p>
      <div className={inspector.actions}>
        <ActionButton id="open-address" />
        <RecordActions kind="service" id={service.id} />
      </div>
      <div className={inspector.part}>
        <FieldList>
          <Field label="Address">{service.url && <CopyText text={service.url} />}</Field>
          <Field label="Runs on">
            {service.runsOn.length > 0 &&
              service.runsOn.map(({ deviceId, deviceName, ports }) => (
                <div key={deviceId}>
                  <DeviceLink id={deviceId} name={deviceName} />
                  {ports.length > 0 && `, ${portsText(ports)}`}
                </div>
              ))}
          </Field>
          <Field label="Depends on">
            {service.dependsOn.length === 0 ? (
              'nothing'
            ) : (
              <LinkList>
                {service.dependsOn.map(({ serviceId, serviceName }) => (
                  <ServiceLink key={serviceId} id={serviceId} name={serviceName} />
                ))}
              </LinkList>
            )}
          </Field>
          <Field label="Used by">
            {usedBy.length === 0 ? (
              'nothing'
            ) : (
              <LinkList>
                {usedBy.map(({ id, name }) => (
                  <ServiceLink key={id} id={id} name={name} />
                ))}
              </LinkList>
            )}
          </Field>
        </FieldList>
        {service.comment && (
          <p className={inspector.comment} dir="auto">
            {service.comment}
          </p>
        )}
      </div>
    </div>
  );
}
