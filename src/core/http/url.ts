export const isUrl = (text: string): boolean => /^https?:\/\//.test(text);

/** A URL as it may be shown: without user and password. */
export function shownUrl(text: string): string {
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  url.username = '';
  url.password = '';
  return url.href;
}
