/**
 * govaluate, the language of a sensor's `exprs`, as the commit that Argo Events uses has it: an expression becomes closures once, and then
 * runs on many events.
 *
 *     compileGovaluate('replicas > 2 && name =~ "^web-"').evaluate({ replicas: 3, name: 'web-1' });   // true
 */
import type { Json, JsonObject } from '../../json/json.ts';
import { defaultLimits, type ExpressionLimits, Run } from '../limits.ts';
import type { Suspicion } from '../refuse.ts';
import { regexAt } from '../regex-at.ts';
import { compile } from './compile.ts';
import { type Parsed, parse } from './parse.ts';

export interface Govaluate {
  /** The names that it reads, in the order of the text, each once. */
  readonly names: readonly { readonly name: string; readonly offset: number }[];
  /** What runs, but hardly as it was meant. */
  readonly suspicions: readonly Suspicion[];
  /**
   * Throws EngineError EVENT_EXPRESSION_FAILED in govaluate's own words, with the `offset` of the operator or name, or EVENT_LIMIT.
   * Names that are not reached need no value.
   */
  evaluate(vars: JsonObject): Json;
}

/** Throws EngineError CONFIG_EXPRESSION, or CONFIG_REGEX for a pattern, with the `offset` of what is wrong. */
export function compileGovaluate(text: string, limits: Partial<ExpressionLimits> = {}): Govaluate {
  const allowed = { ...defaultLimits, ...limits };
  const parsed = parse(text, allowed.depth);
  checkPatterns(parsed);
  const code = compile(parsed.root);
  return {
    names: namesIn(parsed),
    suspicions: [...parsed.suspicions, ...datesIn(parsed)],
    evaluate(vars) {
      return code(vars, new Run(allowed));
    },
  };
}

/** A text right behind `=~` is a pattern also where more follows it, which makes another pattern of both. */
function checkPatterns({ tokens }: Parsed): void {
  tokens.forEach(({ kind, text }, index) => {
    const [pattern, more] = [tokens[index + 1], tokens[index + 2]];
    const isMatch = kind === 'COMPARATOR' && (text === '=~' || text === '!~');
    if (isMatch && pattern?.kind === 'STRING' && more?.kind === 'MODIFIER') regexAt(pattern.text, pattern.at);
  });
}

function namesIn({ tokens }: Parsed): Govaluate['names'] {
  const names = new Map<string, number>();
  for (const { kind, text, at } of tokens) {
    const name = kind === 'VARIABLE' ? text : kind === 'ACCESSOR' ? text.split('.')[0]! : undefined;
    if (name !== undefined && !names.has(name)) names.set(name, at);
  }
  return [...names].map(([name, offset]) => ({ name, offset }));
}

function datesIn({ tokens }: Parsed): Suspicion[] {
  return tokens
    .filter(({ kind }) => kind === 'TIME')
    .map(({ text, value, at }) => ({
      problem: `the text "${text}" looks like a date, so it is read as the number ${value} (seconds since 1970) and equals no text`,
      offset: at,
      hint: `to compare texts: =~ "^${text.replace(/[\\^$.*+?()[\]{}|]/g, '\\\\$&')}$"`,
    }));
}
