/**
 * What a page of Rackhelm may do, sent by every shell that serves it. Nothing is allowed that is not
 * named: no foreign host, no inline script, no frame, no plug-in, no form that leaves the page.
 * Pictures that a person attached are shown from memory (blob:), read over the same line as all else.
 * Styles may be inline because the component library sets custom properties on elements.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
