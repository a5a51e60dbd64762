/** User and password as the value of an `Authorization` header (RFC 7617, UTF-8). */
export const basic = (user: string, password: string): string => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

/** The same of those in a URL, if any. What is escaped wrongly there is left as it is. */
export const basicOf = ({ username, password }: URL): string | undefined =>
  username ? basic(unescaped(username), unescaped(password)) : undefined;

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
