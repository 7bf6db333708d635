import { IconDownload } from '@tabler/icons-react';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Button } from '../../ui/button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import type { PagePartProps } from '../records/page/page-part-props.ts';
import { portGroups } from './port-runs.ts';
import { saveTypeFile } from './save-file.ts';
import { TypePorts } from './type-ports.tsx';

/** On the page of a type: what a device of it has, in a few lines. */
export function TypePart({ record }: PagePartProps) {
  const { deviceTypes } = useApp();
  const state = useResource(deviceTypes.one(record.id));
  if (state.status === 'loading') return <Skeleton label="Reading the ports" lines={4} />;
  // The tables below say of themselves when nothing can be read.
  if (state.status === 'failed') return null;
  const { ports } = state.data;
  const lines = portGroups(ports).reduce((all, { runs }) => all + runs.length, 0);
  return (
    <>
      <div>
        <Button
          icon={IconDownload}
          onClick={() => void saveTypeFile(deviceTypes, { id: record.id })}
        >
          Save as library file
        </Button>
      </div>
      {/* Where nothing is alike, the table of port templates says the same. */}
      {lines < ports.length && <TypePorts ports={ports} />}
    </>
  );
}
