/**
 * A well-formed text as a string of its own, for what is kept long. V8 lets a slice of 13 characters or more point into the text that it
 * was cut from, and the exact JSON reader cuts: so one name would hold a whole page of objects in memory.
 */
export const ownText = (text: string): string => Buffer.from(text).toString();
