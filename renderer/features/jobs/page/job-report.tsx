import { CopyButton } from '@mantine/core';
import { IconCheck, IconCopy, IconFileText } from '@tabler/icons-react';
import { Button } from '../../../ui/button.tsx';
import { saveText } from '../../../ui/save-text.ts';
import { Markdown } from '../../annotations/markdown.tsx';
import classes from './job-page.module.css';

/** What the job left to be kept. */
export function JobReport({ id, report }: { readonly id: string; readonly report: string }) {
  return (
    <section className={classes.report} aria-label="Report">
      <div className={classes.reportBar}>
        <CopyButton value={report}>
          {({ copied, copy }) => (
            <Button icon={copied ? IconCheck : IconCopy} onClick={copy}>
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
        <Button
          icon={IconFileText}
          onClick={() =>
            saveText({ name: `report-${id}.md`, type: 'text/markdown', parts: [report] })
          }
        >
          Save as Markdown
        </Button>
      </div>
      <Markdown text={report} as="page" />
    </section>
  );
}
