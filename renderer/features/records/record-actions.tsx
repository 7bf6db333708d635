import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useApp } from '../../app/app-context.ts';
import { type ListedKind, routeOfThing } from '../../app/routes.ts';
import { Button } from '../../ui/button.tsx';

/** What can be done with one thing where it is only shown in short. */
export function RecordActions({ kind, id }: { readonly kind: ListedKind; readonly id: string }) {
  const { dialogs, router } = useApp();
  return (
    <>
      <Button icon={IconPencil} onClick={() => router.go(routeOfThing(kind, id))}>
        Edit
      </Button>
      <Button
        icon={IconTrash}
        onClick={() => dialogs.setState({ kind: 'delete-records', record: kind, ids: [id] }, true)}
      >
        Delete
      </Button>
    </>
  );
}
