import { isObject, type Json } from '../../core/json/json.ts';

/** JSON in lines for a person, with all digits of every number that has been kept. `margin` stands before each line but the first. */
export function prettyJson(value: Json, margin = ''): string {
  const inner = `${margin}  `;
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value))
    return block(
      '[]',
      margin,
      value.map((item) => prettyJson(item, inner)),
    );
  if (!isObject(value)) return JSON.stringify(value);
  return block(
    '{}',
    margin,
    Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${prettyJson(item, inner)}`),
  );
}

function block([open, close]: string, margin: string, lines: readonly string[]): string {
  if (lines.length === 0) return `${open}${close}`;
  return `${open}\n${lines.map((line) => `${margin}  ${line}`).join(',\n')}\n${margin}${close}`;
}
