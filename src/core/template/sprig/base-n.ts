/** The bytes, or as a text Go's reason why there are none. */
export type Decoded = Uint8Array | string;

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Standard base32 with padding. */
export function base32(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 5) {
    const group = bytes.subarray(at, at + 5);
    let value = 0n;
    for (let index = 0; index < 5; index++) value = (value << 8n) | BigInt(group[index] ?? 0);
    const digits = Math.ceil((group.length * 8) / 5);
    for (let index = 0; index < 8; index++) text += index < digits ? letters[Number((value >> BigInt(35 - index * 5)) & 31n)] : '=';
  }
  return text;
}

/** Line breaks are passed over, as in Go. */
export function fromBase32(text: string): Decoded {
  const plain = text.replace(/[\r\n]/g, '');
  const body = plain.replace(/=+$/, '');
  const problem = (at: number): string => `illegal base32 data at input byte ${at}`;
  const start = body.length - (body.length % 8);
  const wrong = body.search(/[^A-Z2-7]/);
  if (wrong >= 0) return problem(body[wrong] === '=' && wrong % 8 >= 2 && plain.length - wrong <= 8 ? misplaced(plain, wrong) : wrong);
  const digits = body.length - start;
  const padding = plain.length - body.length;
  if (padding === 0) return digits === 0 ? bytesOfBase32(body) : problem(start);
  if (digits < 2) return problem(body.length);
  if (digits + padding < 8) return problem(plain.length);
  if (digits + padding > 8) return problem(body.length);
  return digits === 3 || digits === 6 ? problem(body.length) : bytesOfBase32(body);
}

/** The first character behind an `=` that is no `=`, as Go counts it. */
function misplaced(plain: string, padding: number): number {
  const behind = plain.slice(padding + 1).search(/[^=]/);
  return padding + behind;
}

function bytesOfBase32(body: string): Uint8Array {
  const bytes: number[] = [];
  let value = 0;
  let bits = 0;
  for (const letter of body) {
    value = ((value << 5) | letters.indexOf(letter)) & 0xffff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((value >> bits) & 0xff);
  }
  return Uint8Array.from(bytes);
}

/** Standard base64, its padding required; line breaks are passed over. */
export function fromBase64(text: string): Decoded {
  const problem = (at: number): string => `illegal base64 data at input byte ${at}`;
  let digits = 0;
  for (let at = 0; at < text.length; at++) {
    const one = text[at]!;
    if (one === '\n' || one === '\r') continue;
    if (one === '=') return padded(text, at, digits, problem);
    if (!/[A-Za-z0-9+/]/.test(one)) return problem(at);
    digits += 1;
  }
  return digits % 4 === 0 ? bytesIn(text) : problem(text.length - (digits % 4));
}

/** `at` is the first `=`. */
function padded(text: string, at: number, digits: number, problem: (at: number) => string): Decoded {
  if (digits % 4 < 2) return problem(at);
  let end = at + 1;
  const skip = (): void => {
    while (text[end] === '\n' || text[end] === '\r') end += 1;
  };
  skip();
  if (digits % 4 === 2) {
    if (end === text.length) return problem(text.length);
    if (text[end] !== '=') return problem(end - 1);
    end += 1;
    skip();
  }
  return end < text.length ? problem(end) : bytesIn(text);
}

const bytesIn = (text: string): Uint8Array => Buffer.from(text, 'base64');
