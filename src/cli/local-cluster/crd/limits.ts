import { equalJson } from '../../../core/json/equal.ts';
import { isObject, type Json } from '../../../core/json/json.ts';
import { compileRegex } from '../../../core/regex.ts';
import { type Cause, wrong } from '../status.ts';
import type { Schema } from './schema.ts';

/** Bounds on numbers, texts, lists and maps, and patterns. */
export function checkLimits(schema: Schema, value: Json, path: string, causes: Cause[]): void {
  const say = (because: string, shown: Json = value) => causes.push(wrong(path, shown, `${path} in body ${because}`));
  if (typeof value === 'number' || typeof value === 'bigint') checkNumber(schema, Number(value), say);
  else if (typeof value === 'string') checkText(schema, value, path, causes, say);
  else if (Array.isArray(value)) {
    if (schema.minItems !== undefined && value.length < schema.minItems) say(`should have at least ${schema.minItems} items`, value.length);
    tooMany(schema.maxItems, value.length, path, causes);
    if (schema.uniqueItems && value.some((item, index) => value.slice(0, index).some((earlier) => equalJson(earlier, item)))) {
      say("shouldn't contain duplicates");
    }
  } else if (isObject(value)) {
    const count = Object.keys(value).length;
    if (schema.minProperties !== undefined && count < schema.minProperties)
      say(`should have at least ${schema.minProperties} properties`, count);
    tooMany(schema.maxProperties, count, path, causes);
  }
}

type Say = (because: string) => void;

function checkNumber(schema: Schema, value: number, say: Say): void {
  const { minimum, maximum, multipleOf } = schema;
  if (multipleOf !== undefined && !Number.isInteger(value / multipleOf)) say(`should be a multiple of ${multipleOf}`);
  if (minimum !== undefined && schema.exclusiveMinimum && value <= minimum) say(`should be greater than ${minimum}`);
  else if (minimum !== undefined && value < minimum) say(`should be greater than or equal to ${minimum}`);
  if (maximum !== undefined && schema.exclusiveMaximum && value >= maximum) say(`should be less than ${maximum}`);
  else if (maximum !== undefined && value > maximum) say(`should be less than or equal to ${maximum}`);
}

function checkText(schema: Schema, value: string, path: string, causes: Cause[], say: Say): void {
  const length = [...value].length;
  if (schema.maxLength !== undefined && length > schema.maxLength) {
    causes.push({ reason: 'FieldValueTooLong', message: `Too long: may not be more than ${schema.maxLength} bytes`, field: path });
  }
  if (schema.minLength !== undefined && length < schema.minLength) say(`should be at least ${schema.minLength} chars long`);
  if (schema.pattern !== undefined && !compileRegex(schema.pattern).test(value)) say(`should match '${schema.pattern}'`);
  if (schema.format === 'date-time' && Number.isNaN(Date.parse(value))) say(`must be of type date-time: ${JSON.stringify(value)}`);
}

function tooMany(limit: number | undefined, count: number, path: string, causes: Cause[]): void {
  if (limit === undefined || count <= limit) return;
  causes.push({ reason: 'FieldValueTooMany', message: `Too many: ${count}: must have at most ${limit} items`, field: path });
}
