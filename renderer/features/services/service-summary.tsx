import { useApp } from '../../app/app-context.ts';
import { formatRoute } from '../../app/routes.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { CopyText } from '../../ui/copy-text.tsx';
import { Field, FieldList } from '../../ui/field-list.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import inspector from '../inspector/inspector.module.css';

/** A service in the inspector. */
export function ServiceSummary({ id }: { readonly id: string }) {
  const { inventory } = useApp();
  const state = useResource(inventory.services);
  if (state.status !== 'ready') return <Skeleton label="Reading the service" />;
  const service = state.data.find((each) => each.id === id);
  if (service === undefined) return null;
  const usedBy = state.data.filter((each) => each.dependsOn.some((on) => on.serviceId === id));
  return (
    <div className={inspector.panel}>
      <h2 className={inspector.title}>{service.name}</h2>
      <p className={inspector.subtitle}>{service.kind}</p>
      <div className={inspector.part}>
        <FieldList>
          <Field label="Address">{service.url && <CopyText text={service.url} />}</Field>
          <Field label="Runs on">
            {service.runsOn.length > 0 &&
              service.runsOn.map(({ deviceId, deviceName }, index) => (
                <span key={deviceId}>
                  {index > 0 && ', '}
                  <a href={formatRoute({ screen: 'device', id: deviceId, tab: 'details' })}>
                    {deviceName}
                  </a>
                </span>
              ))}
          </Field>
          <Field label="Depends on">
            {service.dependsOn.map(({ serviceName }) => serviceName).join(', ') || 'nothing'}
          </Field>
          <Field label="Used by">{usedBy.map(({ name }) => name).join(', ') || 'nothing'}</Field>
        </FieldList>
        {service.comment && <p className={inspector.subtitle}>{service.comment}</p>}
      </div>
    </div>
  );
}
