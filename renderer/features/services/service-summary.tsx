import type { ServiceRow } from '../../../shared/model/inventory.ts';
import { formatRoute } from '../../app/routes.ts';
import { CopyText } from '../../ui/copy-text.tsx';
import { Field, FieldList } from '../../ui/field-list.tsx';
import { isolatedList } from '../../ui/isolate.ts';
import inspector from '../inspector/inspector.module.css';

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
      <div className={inspector.part}>
        <FieldList>
          <Field label="Address">{service.url && <CopyText text={service.url} />}</Field>
          <Field label="Runs on">
            {service.runsOn.length > 0 &&
              service.runsOn.map(({ deviceId, deviceName }, index) => (
                <span key={deviceId}>
                  {index > 0 && ', '}
                  <a href={formatRoute({ screen: 'device', id: deviceId, tab: 'details' })}>
                    <bdi>{deviceName}</bdi>
                  </a>
                </span>
              ))}
          </Field>
          <Field label="Depends on">
            {isolatedList(service.dependsOn.map(({ serviceName }) => serviceName)) || 'nothing'}
          </Field>
          <Field label="Used by">{isolatedList(usedBy.map(({ name }) => name)) || 'nothing'}</Field>
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
