import { attachmentChunk } from '../../../shared/model/annotations.ts';
import { rpc } from './base.ts';

const { annotations } = rpc;

export const annotationsRouter = {
  of: annotations.of.handler(({ context, input }) => context.host.ready().annotations.of(input)),
  tag: annotations.tag.handler(({ context, input }) =>
    context.host.ready().heavy.run('tagThings', input),
  ),
  notes: annotations.notes.handler(({ context, input }) =>
    context.host.ready().annotations.notes.list(input),
  ),
  addNote: annotations.addNote.handler(({ context, input }) =>
    context.host.ready().annotations.notes.add(input),
  ),
  editNote: annotations.editNote.handler(({ context, input }) =>
    context.host.ready().annotations.notes.edit(input),
  ),
  removeNote: annotations.removeNote.handler(({ context, input }) =>
    context.host.ready().annotations.notes.remove(input),
  ),
  customFields: annotations.customFields.handler(({ context, input }) =>
    context.host.ready().annotations.customFields.list(input.kind),
  ),
  createCustomField: annotations.createCustomField.handler(({ context, input }) =>
    context.host.ready().annotations.customFields.create(input),
  ),
  updateCustomField: annotations.updateCustomField.handler(({ context, input }) =>
    context.host.ready().annotations.customFields.update(input),
  ),
  removeCustomField: annotations.removeCustomField.handler(({ context, input }) =>
    context.host.ready().heavy.run('removeCustomField', input),
  ),
  customFieldUse: annotations.customFieldUse.handler(({ context, input }) => ({
    things: context.host.ready().annotations.customFields.countValues(input.id),
  })),
  setCustomValues: annotations.setCustomValues.handler(({ context, input }) =>
    context.host.ready().heavy.run('setCustomValues', input),
  ),
  beginAttachment: annotations.beginAttachment.handler(({ context, input }) =>
    context.host.ready().annotations.attachments.begin(input),
  ),
  appendAttachment: annotations.appendAttachment.handler(({ context, input }) => {
    const { data, ...rest } = input;
    const bytes = Buffer.from(data, 'base64');
    return context.host.ready().annotations.attachments.append({ ...rest, bytes });
  }),
  finishAttachment: annotations.finishAttachment.handler(({ context, input }) =>
    context.host.ready().annotations.attachments.finish(input),
  ),
  cancelAttachment: annotations.cancelAttachment.handler(({ context, input }) => {
    context.host.ready().annotations.attachments.cancel(input);
    return {};
  }),
  readAttachment: annotations.readAttachment.handler(({ context, input }) => {
    const { attachments } = context.host.ready().annotations;
    const bytes = attachments.read({ ...input, length: attachmentChunk });
    return { data: bytes.toString('base64') };
  }),
  removeAttachment: annotations.removeAttachment.handler(({ context, input }) =>
    context.host.ready().annotations.attachments.remove(input),
  ),
};
