import type { Json } from '../json/json.ts';

/** What zod tells of a value that does not fit, as far as a sentence needs it. */
interface Issue {
  readonly code?: string | undefined;
  readonly path?: readonly PropertyKey[] | undefined;
  readonly input?: unknown;
  readonly expected?: string;
  readonly values?: readonly unknown[];
  readonly minimum?: unknown;
  readonly maximum?: unknown;
}

const types: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
};

/** `intervalSeconds must be a number, not the text "often"`; undefined for what zod says well enough itself. */
export function sentenceOf(issue: Issue): string | undefined {
  const field = fieldOf(issue.path ?? []);
  const expected = types[issue.expected ?? ''];
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return `${field} is missing`;
      return expected && `${field} must be ${expected}, not ${describe(issue.input)}`;
    case 'invalid_value':
      if (issue.input === undefined) return `${field} is missing`;
      return `${field} must be ${(issue.values ?? []).map((value) => JSON.stringify(value)).join(' or ')}, not ${describe(issue.input)}`;
    case 'too_small':
      return typeof issue.input === 'number' ? `${field} must be at least ${issue.minimum}, not ${issue.input}` : undefined;
    case 'too_big':
      return typeof issue.input === 'number' ? `${field} must be at most ${issue.maximum}, not ${issue.input}` : undefined;
    default:
      return undefined;
  }
}

/** The last name on the way, with the numbers after it: `triggers[0]`. */
function fieldOf(path: readonly PropertyKey[]): string {
  const last = path.findLastIndex((step) => typeof step === 'string');
  if (last === -1) return 'the whole';
  return path.slice(last).reduce<string>((text, step) => (text === '' ? String(step) : `${text}[${String(step)}]`), '');
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a map';
  const text = typeof value === 'string' ? JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value) : String(value as Json);
  return typeof value === 'string' ? `the text ${text}` : text;
}
