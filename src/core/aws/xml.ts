const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** The text of the first element of a name in an answer of AWS, which nests no two of a name that we ask for. */
export function xmlField(xml: string, name: string): string | undefined {
  const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
  return text?.replace(/&(?:#(\d{1,6})|(\w+));/g, (whole, code?: string, word?: string) =>
    code === undefined ? (named[word!] ?? whole) : String.fromCodePoint(Number(code)),
  );
}
