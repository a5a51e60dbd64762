/** Without the white space and control characters at its ends, as gjson understands space. */
export function trimmed(text: string): string {
  let start = 0;
  while (start < text.length && text.charCodeAt(start) <= 0x20) start += 1;
  return trimmedEnd(text.slice(start));
}

/** The same, at the end only. */
export function trimmedEnd(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) <= 0x20) end -= 1;
  return text.slice(0, end);
}
