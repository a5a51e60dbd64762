import { fn, GoError, type GoFunction, type Spend } from '../../go/function.ts';
import { int } from '../../go/values.ts';

const digits = '0123456789';
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ascii = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('');

/** Everything that differs from run to run, made from bytes that `random` gives. */
export function randoms(random: (bytes: number) => Uint8Array): Readonly<Record<string, GoFunction>> {
  /** A whole number from 0 up to, and without, `limit`; each as likely as the other. */
  const below = (limit: number): number => {
    const all = 2 ** 48;
    for (;;) {
      const value = random(6).reduce((sum, byte) => sum * 256 + byte, 0);
      if (value < all - (all % limit)) return value % limit;
    }
  };
  const text = (alphabet: string) =>
    fn(['int'], ([count], spend) => {
      spendOn(count, spend);
      return Array.from({ length: Math.max(count, 0) }, () => alphabet[below(alphabet.length)]).join('');
    });
  return {
    randAlphaNum: text(digits + letters),
    randAlpha: text(letters),
    randAscii: text(ascii),
    randNumeric: text(digits),
    randBytes: fn(['int'], ([count], spend) => {
      if (count < 0) throw new GoError('runtime error: makeslice: len out of range');
      spendOn(count, spend);
      return Buffer.from(random(count)).toString('base64');
    }),
    randInt: fn(['int', 'int'], ([low, high]) => {
      if (high <= low) throw new GoError('invalid argument to Intn');
      return int(low + below(Math.min(high - low, Number.MAX_SAFE_INTEGER)));
    }),
    uuidv4: fn([], () => {
      const bytes = Uint8Array.from(random(16));
      bytes[6] = (bytes[6]! & 0x0f) | 0x40;
      bytes[8] = (bytes[8]! & 0x3f) | 0x80;
      return Buffer.from(bytes)
        .toString('hex')
        .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    }),
    shuffle: fn(['string'], ([text], spend) => {
      const characters = [...text];
      spendOn(characters.length, spend);
      for (let last = characters.length - 1; last > 0; last--) {
        const other = below(last + 1);
        [characters[last], characters[other]] = [characters[other]!, characters[last]!];
      }
      return characters.join('');
    }),
  };
}

function spendOn(count: number, spend: Spend): void {
  spend.steps(Math.max(count, 0));
  spend.bytes(Math.max(count, 0));
}
