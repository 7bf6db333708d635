import ReactMarkdown from 'react-markdown';
import classes from './markdown.module.css';

/** Headings of a note stand below those of the page; pictures of elsewhere are never fetched. */
const levels = {
  note: { h1: 'h4', h2: 'h5', h3: 'h6', h4: 'h6', h5: 'h6' },
  page: { h1: 'h2', h2: 'h3', h3: 'h4', h4: 'h5', h5: 'h6' },
} as const;
const left = ['img', 'h6'];

interface MarkdownProps {
  readonly text: string;
  /** A part of a page, or all that is on it below its title. */
  readonly as?: keyof typeof levels;
}

/** What a person wrote, as Markdown: no HTML of its own, and links only to the web and to mail. */
export function Markdown({ text, as = 'note' }: MarkdownProps) {
  return (
    <div dir="auto" className={classes.text}>
      <ReactMarkdown
        skipHtml
        disallowedElements={left}
        unwrapDisallowed
        components={{
          ...levels[as],
          a: ({ href, children }) =>
            href !== undefined && /^(https?|mailto):/i.test(href) ? (
              <a href={href} target="_blank" rel="noreferrer">
                {children}
              </a>
            ) : (
              <span>{children}</span>
            ),
        }}
      >
        {text}
      </ReactMarkdown>
    </div>
  );
}
