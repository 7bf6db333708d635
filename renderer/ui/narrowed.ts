/**
 * Options of an earlier search that go by what is typed by now. A list that the host searches is a
 * moment behind the letters, and Enter must not take what does not match them.
 */
export function narrowed<T extends object>(options: T[], typed: string): T[] {
  const wanted = typed.trim().toLowerCase();
  return options.filter(
    (option) =>
      'label' in option &&
      typeof option.label === 'string' &&
      option.label.toLowerCase().includes(wanted),
  );
}
