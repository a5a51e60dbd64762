import type { Definition, Node } from '../syntax/ast.ts';
import type { Code } from './code.ts';
import type { Places } from './noting.ts';

/** A function of the program, or one of the built-in ones that are written in jq. */
export interface FunctionEntry {
  readonly definition: Definition;
  /** What can be seen where it is defined. */
  readonly scope: Scope;
  /** Undefined until compiled; a recursive call looks here when it runs. */
  body: Code | undefined;
  state: 'new' | 'compiling' | 'done';
  /** Whether it is known, or for now assumed, that it has exactly one output. */
  single: boolean;
  /** A call inside its own body has relied on the assumption. */
  assumed: boolean;
}

type Named =
  | { readonly kind: 'variable' | 'filter' | 'label'; readonly name: string; readonly level: number }
  | { readonly kind: 'function'; readonly name: string; readonly entry: FunctionEntry };

/** What is shared by all of one program while it is compiled. */
interface Program {
  readonly text: string;
  readonly builtins: Map<string, FunctionEntry>;
  /** Functions that are known to have not exactly one output. */
  readonly notSingle: Set<Definition>;
  /** How many `try` are around the place that is being compiled. */
  tries: number;
  /** Set where errors of the run are to be traced to their places. */
  readonly places?: Places | undefined;
}

/** The names that can be seen at a place of the program, newest first. `depth` is the number of Env entries there. */
export class Scope {
  readonly program: Program;
  readonly depth: number;
  /** What was compiled here, so that a node that is looked at twice, in nodes that are looked at twice, is compiled once. */
  readonly compiled = new Map<Node, Code>();
  readonly #named: Named | undefined;
  readonly #up: Scope | undefined;

  private constructor(program: Program, depth: number, named?: Named, up?: Scope) {
    this.program = program;
    this.depth = depth;
    this.#named = named;
    this.#up = up;
  }

  static start(program: Program): Scope {
    return new Scope(program, 0);
  }

  /** One Env entry more, under a name. */
  with(kind: 'variable' | 'filter' | 'label', name: string): Scope {
    const level = this.depth + 1;
    return new Scope(this.program, level, { kind, name, level }, this);
  }

  withFunction(entry: FunctionEntry): Scope {
    return new Scope(this.program, this.depth, { kind: 'function', name: entry.definition.name, entry }, this);
  }

  /** How many entries up the variable or label is. */
  find(kind: 'variable' | 'label', name: string): number | undefined {
    for (const named of this.#all()) {
      if (named.kind === kind && named.name === name) return this.depth - named.level;
    }
    return undefined;
  }

  findFunction(name: string, arity: number): { up: number } | FunctionEntry | undefined {
    for (const named of this.#all()) {
      if (named.name !== name) continue;
      if (named.kind === 'filter' && arity === 0) return { up: this.depth - named.level };
      if (named.kind === 'function' && named.entry.definition.params.length === arity) return named.entry;
    }
    return undefined;
  }

  /** Names for "did you mean". */
  variables(): string[] {
    return [...this.#all()].flatMap((named) => (named.kind === 'variable' ? [named.name] : []));
  }

  functions(): string[] {
    return [...this.#all()].flatMap((named) => {
      if (named.kind === 'function') return [`${named.name}/${named.entry.definition.params.length}`];
      return named.kind === 'filter' ? [`${named.name}/0`] : [];
    });
  }

  *#all(): Iterable<Named> {
    for (let scope: Scope | undefined = this; scope; scope = scope.#up) if (scope.#named) yield scope.#named;
  }
}
