import type { Json } from '../../json/json.ts';
import type { Run } from '../run/run.ts';
import { print } from '../values/print.ts';

export type Format = (run: Run, value: Json) => string;

/** A text as it is, anything else as JSON. */
export const toText: Format = (run, value) => (typeof value === 'string' ? value : print(value, (length) => run.grow(length)));

export const formats: Readonly<Record<string, Format>> = { text: toText };
