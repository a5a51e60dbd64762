/**
 * Lua's strings are bytes. Here they are JavaScript strings with one character for each byte ("binary"), which for text of plain ASCII
 * is the text itself.
 */
const ascii = /^[\0-\x7f]*$/;

export const binaryOf = (text: string): string => (ascii.test(text) ? text : Buffer.from(text, 'utf8').toString('latin1'));

/** Bytes that are no UTF-8 become U+FFFD. */
export const textOf = (binary: string): string => (ascii.test(binary) ? binary : Buffer.from(binary, 'latin1').toString('utf8'));
