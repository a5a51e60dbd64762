import { closest, distance } from '../../errors/closest.ts';
import { plainText } from '../library/text.ts';
import { refuse } from '../syntax/refuse.ts';
import type { Token } from '../syntax/tokens.ts';
import { textOf } from '../values/binary.ts';
import { kindOf, kinds, type TValue } from './types.ts';

const keywords = [
  ...['and', 'break', 'do', 'else', 'elseif', 'end', 'false', 'for', 'function', 'goto', 'if', 'in', 'local', 'nil', 'not', 'or', 'repeat'],
  ...['return', 'then', 'true', 'until', 'while'],
];

/** What the parser says about a script, as CONFIG_LUA: at the word and in the words that stand in the script. */
export function syntaxError(message: string, tokens: readonly Token[]): Error {
  const [, line, said = message] = /^<string>:(\d+): (.*)$/s.exec(message) ?? [];
  const index = Math.min(Number(line ?? 1), tokens.length) - 1;
  const token = tokens[index];
  const near = said.endsWith(' near <eof>') ? 'the end of the script' : `"${token ? shown(token) : ''}"`;
  const problem = inOurWords(said)
    .replace(/ near .*$/s, ` near ${near}`)
    .replace(/at line (\d+)/g, (_, at: string) => `at line ${tokens[Number(at) - 1]?.line ?? at}`);
  return refuse(textOf(problem), token?.offset ?? 0, misspelled(token) ?? misspelled(tokens[index - 1]));
}

function shown({ kind, text }: Token): string {
  const word = kind === 'string' ? textOf(text) : text;
  return word.length > 40 ? `${word.slice(0, 39)}…` : word;
}

/** Only what is very near: most words that a parser stops at are names. */
function misspelled(token: Token | undefined): string | undefined {
  if (token?.kind !== 'name' || keywords.includes(token.text)) return undefined;
  const word = closest(token.text, keywords);
  return didYouMean(word !== undefined && distance(token.text, word) <= token.text.length / 3 ? word : undefined);
}

/** What a variable that is nil was probably meant to be, when the error is about one. */
export function missingGlobal(problem: string, known: Iterable<string>): string | undefined {
  const name = /\(global '(\w+)'\)$/.exec(problem)?.[1];
  return name === undefined ? undefined : didYouMean(closest(name, known));
}

const didYouMean = (word: string | undefined): string | undefined => (word === undefined ? undefined : `did you mean "${word}"?`);

/** The error that a script ended with, as a sentence. */
export function messageOf(error: TValue): string {
  if (kindOf(error) === kinds.string) return inOurWords(textOf(plainText(error))).replace(/^<string>:(\d+): /, 'line $1: ');
  return `the script raised ${kindOf(error) === kinds.number ? plainText(error) : `a value that is no text: ${plainText(error)}`}`;
}

/** Where fengari speaks of itself. */
const inOurWords = (message: string): string =>
  message
    .replace(/^too many JS levels \(limit is (\d+)\)/, 'parts lie more than $1 deep inside each other')
    .replace(/(?:JS|C) stack overflow/, 'too many calls inside calls')
    .replace('<goto>', 'goto');
