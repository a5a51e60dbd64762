import type { Branch, Node, Range } from './ast.ts';
import { Pipelines, stringOf } from './pipeline.ts';
import { Reader } from './reader.ts';
import { refuse } from './refuse.ts';
import { type Token, Tokens } from './tokens.ts';

/** A template and those that it defines. */
export interface Parsed {
  readonly main: readonly Node[];
  readonly defined: ReadonlyMap<string, readonly Node[]>;
}

/** Reads the text of a template. Throws EngineError CONFIG_TEMPLATE. */
export function parse(text: string): Parsed {
  return new Parser(text).parse();
}

/** Actions inside each other. */
const deepest = 500;

interface Ending {
  readonly word: 'end' | 'else';
  readonly offset: number;
}

class Parser {
  readonly #reader: Reader;
  readonly #defined = new Map<string, readonly Node[]>();
  #pipelines: Pipelines;
  #ranges = 0;
  #depth = 0;

  constructor(text: string) {
    this.#reader = new Reader(new Tokens(text));
    this.#pipelines = new Pipelines(this.#reader);
  }

  parse(): Parsed {
    const main: Node[] = [];
    while (this.#reader.peek().kind !== 'end') {
      const ending = this.#item(main, true);
      if (ending) throw refuse(`unexpected {{${ending.word}}}`, ending.offset, 'nothing is open here that it could belong to');
    }
    return { main, defined: this.#defined };
  }

  /** Up to `end` or `else`. `opened` is the action that needs it. */
  #list(opened: Token): { nodes: Node[]; ending: Ending } {
    if (++this.#depth > deepest) throw refuse('too many actions inside each other', opened.offset);
    const nodes: Node[] = [];
    while (this.#reader.peek().kind !== 'end') {
      const ending = this.#item(nodes, false);
      if (!ending) continue;
      this.#depth -= 1;
      return { nodes, ending };
    }
    throw refuse('unexpected EOF', opened.offset, `{{${opened.text}}} has no {{end}}`);
  }

  /** Adds a text or an action to `nodes`; what ends a list is returned instead. */
  #item(nodes: Node[], outermost: boolean): Ending | undefined {
    const token = this.#reader.next();
    if (token.kind === 'text') {
      nodes.push({ kind: 'text', text: token.text });
      return undefined;
    }
    const word = this.#reader.peekWord();
    if (word.kind !== 'keyword') {
      nodes.push({ kind: 'action', pipe: this.#pipelines.pipeline('command') });
      return undefined;
    }
    this.#reader.next();
    if (word.text === 'end') {
      this.#close(word);
      return { word: 'end', offset: word.offset };
    }
    if (word.text === 'else') {
      const next = this.#reader.peekWord();
      if (next.text !== 'if' && next.text !== 'with') this.#close(word);
      return { word: 'else', offset: word.offset };
    }
    if (word.text !== 'define') nodes.push(this.#control(word));
    else if (outermost) this.#define(word);
    else throw refuse('unexpected <define> in command', word.offset, 'a {{define}} must not stand inside another action');
    return undefined;
  }

  #control(word: Token): Node {
    switch (word.text) {
      case 'if':
      case 'with':
      case 'range':
        return this.#branch(word, word.text);
      case 'template':
        return this.#template(word);
      case 'block':
        return this.#block(word);
      default:
        return this.#leave(word, word.text as 'break' | 'continue');
    }
  }

  /** Variables that are declared in it end with it. */
  #branch(word: Token, kind: 'if' | 'with' | 'range'): Branch | Range {
    const known = this.#pipelines.variables.length;
    const pipe = this.#pipelines.pipeline(kind);
    if (kind === 'range') this.#ranges += 1;
    const { nodes: body, ending } = this.#list(word);
    if (kind === 'range') this.#ranges -= 1;
    const otherwise = ending.word === 'else' ? this.#otherwise(word, kind) : [];
    this.#pipelines.variables.length = known;
    return { kind, pipe, body, otherwise, offset: word.offset };
  }

  /** Behind `else`: a list, or with `else if` one branch that shares the `end`. */
  #otherwise(opened: Token, kind: 'if' | 'with' | 'range'): Node[] {
    const next = this.#reader.peekWord();
    if (next.kind === 'keyword' && (next.text === 'if' || next.text === 'with')) {
      if (next.text !== kind)
        throw refuse(`unexpected <${next.text}> in input`, next.offset, `{{else ${next.text}}} does not belong to {{${kind}}}`);
      if (++this.#depth > deepest) throw refuse('too many actions inside each other', next.offset);
      this.#reader.next();
      const branch = this.#branch(next, next.text);
      this.#depth -= 1;
      return [branch];
    }
    const { nodes, ending } = this.#list(opened);
    if (ending.word === 'else') throw refuse('expected end; found {{else}}', ending.offset);
    return nodes;
  }

  #leave(word: Token, kind: 'break' | 'continue'): Node {
    this.#close(word);
    if (this.#ranges === 0) throw refuse(`{{${kind}}} outside a {{range}}`, word.offset);
    return { kind };
  }

  #template(word: Token): Node {
    const name = this.#name(word);
    const pipe = this.#reader.takes('close') ? undefined : this.#pipelines.pipeline('template clause');
    return { kind: 'template', name, pipe, offset: word.offset };
  }

  #block(word: Token): Node {
    const name = this.#name(word);
    const pipe = this.#pipelines.pipeline('block clause');
    this.#definition(word, name);
    return { kind: 'template', name, pipe, offset: word.offset };
  }

  #define(word: Token): void {
    const name = this.#name(word);
    this.#close(word);
    this.#definition(word, name);
  }

  /** A body with variables of its own. A definition that holds nothing but spaces counts only where there is no other. */
  #definition(word: Token, name: string): void {
    const [outer, ranges] = [this.#pipelines, this.#ranges];
    this.#pipelines = new Pipelines(this.#reader);
    this.#ranges = 0;
    const { nodes, ending } = this.#list(word);
    if (ending.word === 'else') throw refuse(`unexpected {{else}} in ${word.text} clause`, ending.offset);
    this.#pipelines = outer;
    this.#ranges = ranges;
    const known = this.#defined.get(name);
    if (known && !isEmpty(known) && !isEmpty(nodes)) throw refuse(`multiple definition of template ${JSON.stringify(name)}`, word.offset);
    if (!known || isEmpty(known)) this.#defined.set(name, nodes);
  }

  #name(word: Token): string {
    const token = this.#reader.nextWord();
    if (token.kind !== 'string')
      throw refuse(`unexpected ${JSON.stringify(token.text)} in ${word.text} clause`, token.offset, 'here must be a name in quotes');
    return stringOf(token);
  }

  #close(word: Token): void {
    const token = this.#reader.nextWord();
    if (token.kind !== 'close') throw refuse(`unexpected ${JSON.stringify(token.text)} in ${word.text}`, token.offset);
  }
}

const isEmpty = (nodes: readonly Node[]): boolean => nodes.every((node) => node.kind === 'text' && node.text.trim() === '');
