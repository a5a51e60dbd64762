/**
 * A script as the machine is to read it: one word a line, so that the line numbers which the machine keeps and tells are numbers of
 * words, and every place in the script is known exactly. Numbers and strings are written in a form that means the same to Lua 5.3.
 */
import { numberText, parseNumber } from '../values/numbers.ts';
import { checkAsLua51 } from './check.ts';
import { refuse } from './refuse.ts';
import { type Token, tokensOf } from './tokens.ts';

/** Longer than anybody writes; the parser takes time that grows with the square in some programs. */
const longest = 50_000;

export interface NormalForm {
  readonly text: string;
  /** By line of `text`, from 1. */
  readonly tokens: readonly Token[];
}

/** Throws EngineError CONFIG_LUA for what is not Lua 5.1, as far as words tell. */
export function normalForm(script: string): NormalForm {
  if (script.length > longest) throw refuse(`the script has ${script.length} characters, and at most ${longest} are read`, longest);
  const tokens = tokensOf(script);
  checkAsLua51(tokens);
  return { text: tokens.map(written).join('\n'), tokens };
}

function written({ kind, text }: Token): string {
  if (kind === 'number') return numeral(text);
  return kind === 'string' ? `"${text.replace(/[^ !#-[\]-~]/g, byCode)}"` : text;
}

const byCode = (character: string): string => `\\${String(character.charCodeAt(0)).padStart(3, '0')}`;

/** One leading zero is dropped, and what then still has one is octal, as in gopher-lua. */
function numeral(text: string): string {
  const value = parseNumber(text.replace(/^0(?=[0-9])/, ''));
  return value === undefined || !Number.isFinite(value) ? '1e999' : numberText(value);
}
