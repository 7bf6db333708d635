/** The product's mark: two rack units. */
export function Mark() {
  return (
    <svg width="18" height="18" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="var(--rh-accent)" />
      <g fill="none" stroke="var(--rh-on-accent)" strokeWidth="2.6" strokeLinecap="round">
        <rect x="7" y="7.5" width="18" height="7" rx="2" />
        <rect x="7" y="17.5" width="18" height="7" rx="2" />
        <path d="M11.5 11h.01M11.5 21h.01M17 11h4M17 21h4" />
      </g>
    </svg>
  );
}
