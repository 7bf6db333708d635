import { z } from 'zod';

/** What the page asks the desktop shell to show to a person who is elsewhere. */
export const desktopNotice = z.object({
  /** The job that is shown when the notice is pressed. */
  jobId: z.uuid(),
  title: z.string().max(200),
  body: z.string().max(500),
});
export type DesktopNotice = z.infer<typeof desktopNotice>;
