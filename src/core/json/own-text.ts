/**
 * A well-formed text as a string of its own, for what is kept long. V8 makes strings of 13 characters and more that JSON.parse finds
 * point into the text that was parsed, so that one name holds a whole page of objects in memory.
 */
export const ownText = (text: string): string => Buffer.from(text).toString();
