/**
 * What an author probably meant by a path that a payload does not have.
 *
 * For people only: it walks the payload, so nothing that is done for every event should ask it.
 */
import { closest } from '../errors/closest.ts';
import { isObject, type Json } from './json.ts';
import { compilePath } from './path/index.ts';
import { stringifyJson } from './stringify.ts';

/** How many values of a payload are looked at, and how many keys are listed. */
const mostValues = 5000;
const mostKeys = 12;

/**
 * "did you mean body.metadata.namespace?", or the keys that stand where the path ends; undefined when the path exists, or is one with
 * queries and modifiers, of which nothing simple can be said.
 */
export function nearestTo(path: string, payload: Json): string | undefined {
  if (!/^[^#@!|*?{}[\]()]+$/.test(path)) return undefined;
  const text = stringifyJson(payload);
  const exists = (candidate: string) => compilePath(candidate).get(text) !== undefined;
  if (exists(path)) return undefined;
  const steps = path.split(/(?<!\\)\./);
  const { found, depth } = follow(payload, steps);
  const meant = misspelt(found, steps, depth, exists) ?? elsewhere(payload, steps);
  if (meant !== undefined) return `did you mean ${meant}?`;
  const here = depth === 0 ? 'the payload' : steps.slice(0, depth).join('.');
  if (Array.isArray(found)) return `${here} is a list of ${found.length}`;
  if (!isObject(found)) return `${here} is ${stringifyJson(found).slice(0, 60)}, which has no keys`;
  const keys = Object.keys(found);
  if (keys.length === 0) return `${here} is an empty object`;
  return `${here} has ${keys.slice(0, mostKeys).join(', ')}${keys.length > mostKeys ? ` and ${keys.length - mostKeys} more` : ''}`;
}

/** As far as the path leads: the value there, and how many steps that were. */
function follow(payload: Json, steps: readonly string[]): { found: Json; depth: number } {
  let found = payload;
  for (const [depth, step] of steps.entries()) {
    const next = childrenOf(found).find(([key]) => key === unescaped(step));
    if (!next) return { found, depth };
    found = next[1];
  }
  return { found, depth: steps.length };
}

/** The path with the step that fails written like the key nearest to it. */
function misspelt(found: Json, steps: readonly string[], depth: number, exists: (path: string) => boolean): string | undefined {
  if (!isObject(found)) return undefined;
  const key = closest(
    unescaped(steps[depth] ?? ''),
    childrenOf(found).map(([name]) => name),
  );
  if (key === undefined) return undefined;
  const corrected = [...steps.slice(0, depth), escaped(key)];
  const whole = [...corrected, ...steps.slice(depth + 1)].join('.');
  if (exists(whole)) return whole;
  return depth === steps.length - 1 ? corrected.join('.') : undefined;
}

/** The shortest path in the payload that ends as the path does: wholly, else in its last step. */
function elsewhere(payload: Json, steps: readonly string[]): string | undefined {
  const names = steps.map(unescaped);
  const last: string[][] = [];
  let looked = 0;
  let row: { value: Json; trail: string[] }[] = [{ value: payload, trail: [] }];
  while (row.length > 0 && looked < mostValues) {
    const next: typeof row = [];
    for (const { value, trail } of row) {
      for (const [key, child] of childrenOf(value)) {
        looked += 1;
        const here = [...trail, key];
        if (key === names.at(-1)) {
          if (names.every((name, index) => here.at(index - names.length) === name)) return shown(here);
          last.push(here);
        }
        next.push({ value: child, trail: here });
      }
      if (looked >= mostValues) break;
    }
    row = next;
  }
  return last[0] && shown(last[0]);
}

const childrenOf = (value: Json): [string, Json][] => (typeof value === 'object' && value !== null ? Object.entries(value) : []);
const unescaped = (step: string): string => step.replace(/\\(.)/g, '$1');
const escaped = (key: string): string => key.replace(/[\\.*?|#@!{}[\]()]/g, '\\$&');
const shown = (trail: readonly string[]): string => trail.map(escaped).join('.');
