import { serveThread } from '../../worker/index.ts';
import { type DrawInput, type Drawn, drawReport } from './draw-report.ts';

/** Entry of the thread that draws reports: reading the font alone takes tens of milliseconds. */
export type ReportAsks = {
  draw: { input: DrawInput; output: Drawn; part: never };
};

serveThread<ReportAsks>({ draw: drawReport });
