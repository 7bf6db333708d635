import type { z } from 'zod';
import type { ClusterKind } from '../kind.ts';
import { column } from '../row.ts';
import { said, spelled, statusOf } from '../status.ts';
import { optionalPart, optionalText, optionalWhole, part, text, time } from '../tolerant.ts';

const subject = optionalPart({
  apiVersion: text,
  kind: text,
  namespace: optionalText,
  name: text,
  uid: text,
  fieldPath: text,
});

const schema = part({
  // Of the core group, and of events.k8s.io.
  involvedObject: subject,
  regarding: subject,
  type: text,
  reason: text,
  message: text,
  note: text,
  count: optionalWhole,
  firstTimestamp: time,
  lastTimestamp: time,
  eventTime: time,
  series: optionalPart({ count: optionalWhole, lastObservedTime: time }),
  source: part({ component: text, host: text }),
  reportingComponent: text,
  reportingController: text,
});
type Event = z.infer<typeof schema>;

export const events: ClusterKind = {
  id: 'events',
  group: '',
  resource: 'events',
  kind: 'Event',
  title: 'Events',
  one: 'event',
  namespaced: true,
  columns: [
    column('last', 'Last', 'time'),
    column('reason', 'Reason'),
    column('about', 'About'),
    column('message', 'Message'),
    column('count', 'Times', 'number'),
    column('source', 'Told by', 'text', { extra: true }),
    column('first', 'First', 'time', { extra: true }),
  ],
  read(object, { metadata }) {
    const event = schema.parse(object);
    const about = event.involvedObject ?? event.regarding;
    const last = lastTime(event) ?? metadata.creationTimestamp;
    const source = event.source.component || event.reportingComponent || event.reportingController;
    return {
      status: statusOf(
        event.type === 'Warning' ? 'warn' : 'well',
        event.type || 'Normal',
        null,
        last,
      ),
      cells: {
        last,
        reason: spelled(event.reason),
        about: about === null ? null : `${about.kind} ${about.name}`,
        message: said(event.message || event.note),
        count: event.series?.count ?? event.count ?? 1,
        source: source || null,
        first: event.firstTimestamp ?? event.eventTime ?? metadata.creationTimestamp,
        aboutUid: about?.uid || null,
        aboutKind: about?.kind || null,
        aboutName: about?.name || null,
        aboutNamespace: about?.namespace ?? metadata.namespace,
        part: about?.fieldPath || null,
      },
      links: { refers: [], picks: null },
      unsettled: false,
    };
  },
};

function lastTime({ series, lastTimestamp, eventTime, firstTimestamp }: Event): number | null {
  return series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? firstTimestamp;
}
