import { useMemo } from 'react';
import type { Subject } from '../../../shared/model/annotations.ts';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TagsField } from '../../ui/tags-field.tsx';
import type { PagePartProps } from '../records/page/page-part-props.ts';
import type { Annotated } from './annotations-store.ts';
import { Attachments } from './attachments.tsx';
import { CustomValues } from './custom-values.tsx';
import { Notes } from './notes.tsx';

/** Tags, custom fields, attachments and notes on the page of any thing. */
export function AnnotationParts({ kind, record }: PagePartProps) {
  const subject = useMemo(() => ({ kind, id: record.id }), [kind, record.id]);
  return <Annotations subject={subject} />;
}

interface AnnotationsProps {
  readonly subject: Subject;
  /** Tags stand elsewhere on this page. */
  readonly withoutTags?: boolean;
}

export function Annotations({ subject, withoutTags = false }: AnnotationsProps) {
  const { annotations } = useApp();
  const resource = annotations.of(subject);
  const state = useResource(resource);
  if (state.status === 'failed') {
    return <ErrorState error={state.failure} onRetry={() => void resource.reload()} />;
  }
  if (state.status === 'loading') return <Skeleton label="Reading tags and notes" lines={3} />;
  return (
    <>
      {!withoutTags && (
        <Section title="Tags">
          <Tags subject={subject} tags={state.data.tags} />
        </Section>
      )}
      <CustomFieldsSection subject={subject} annotated={state.data} />
      <Attachments subject={subject} attachments={state.data.attachments} />
      <Section title="Notes">
        <Notes subject={subject} />
      </Section>
    </>
  );
}

function CustomFieldsSection({
  subject,
  annotated,
}: {
  readonly subject: Subject;
  readonly annotated: Annotated;
}) {
  const { dialogs } = useApp();
  return (
    <Section
      title="Your own fields"
      actions={
        <Button
          onClick={() => dialogs.setState({ kind: 'custom-fields', record: subject.kind }, true)}
        >
          Edit fields
        </Button>
      }
    >
      <CustomValues subject={subject} annotated={annotated} />
    </Section>
  );
}

function Tags({ subject, tags }: { readonly subject: Subject; readonly tags: readonly string[] }) {
  const { annotations, inventory } = useApp();
  const known = useResource(inventory.tags);
  function change(next: string[]): void {
    const add = next.filter((tag) => !tags.includes(tag));
    const remove = tags.filter((tag) => !next.includes(tag));
    if (add.length + remove.length > 0) void annotations.tag(subject, { add, remove });
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
