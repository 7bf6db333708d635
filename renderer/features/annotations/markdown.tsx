import ReactMarkdown from 'react-markdown';
import classes from './markdown.module.css';

/** Headings of a note stand below those of the page; pictures of elsewhere are never fetched. */
const levels = { h1: 'h4', h2: 'h5', h3: 'h6', h4: 'h6', h5: 'h6' } as const;
const left = ['img', 'h6'];

/** What a person wrote, as Markdown: no HTML of its own, and links only to the web and to mail. */
export function Markdown({ text }: { readonly text: string }) {
  return (
    <div dir="auto" className={classes.text}>
      <ReactMarkdown
        skipHtml
        disallowedElements={left}
        unwrapDisallowed
        components={{
          ...levels,
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
