/** Shorter ones are in too many words by chance. */
const shortest = 4;

/**
 * A text of somebody who was sent these secrets, without them: a server that repeats what it has heard shall not bring them into logs. They
 * are found as they are, and as they stand in JSON, in a URL, in a form and in base64.
 */
export function hideIn(text: string, secrets: readonly string[]): string {
  const forms = secrets.filter((secret) => secret.length >= shortest).flatMap(formsOf);
  // Longer ones first: one secret may be a part of another.
  return [...new Set(forms)].sort((a, b) => b.length - a.length).reduce((shown, form) => shown.replaceAll(form, '<hidden>'), text);
}

function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    new URLSearchParams({ '': secret }).toString().slice(1),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
  ];
}

/** The secrets in the value of an `Authorization` header or one like it: the whole, what follows its first word, and user and password. */
export function secretsInHeader(value: string): string[] {
  const [, scheme, rest] = /^(\S+) +(.+)$/.exec(value) ?? [];
  if (rest === undefined) return [value];
  if (scheme !== 'Basic') return [value, rest];
  const pair = Buffer.from(rest, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return [value, rest, pair, pair.slice(0, colon), pair.slice(colon + 1)];
}
