/** A template as a tree. `offset` is the place in the text, in characters from 0. */
export type Node = Text | Action | Branch | Range | Call | Leave;

interface Text {
  readonly kind: 'text';
  readonly text: string;
}

/** `{{ pipeline }}`: prints its value, unless it declares or assigns a variable. */
interface Action {
  readonly kind: 'action';
  readonly pipe: Pipe;
}

export interface Branch {
  readonly kind: 'if' | 'with';
  readonly pipe: Pipe;
  readonly body: readonly Node[];
  readonly otherwise: readonly Node[];
}

export interface Range {
  readonly kind: 'range';
  readonly pipe: Pipe;
  readonly body: readonly Node[];
  readonly otherwise: readonly Node[];
  readonly offset: number;
}

/** `{{ template "name" pipeline }}`; a `block` is one of these and a definition. */
export interface Call {
  readonly kind: 'template';
  readonly name: string;
  readonly pipe: Pipe | undefined;
  readonly offset: number;
}

interface Leave {
  readonly kind: 'break' | 'continue';
}

/** `$a, $b := command | command`. Each command gets the value of the one before as its last argument. */
export interface Pipe {
  readonly kind: 'pipe';
  readonly variables: readonly string[];
  /** `=` instead of `:=`. */
  readonly assigns: boolean;
  readonly commands: readonly Command[];
  readonly offset: number;
}

/** An operand, alone or with arguments. */
export interface Command {
  readonly operands: readonly [Operand, ...Operand[]];
  readonly offset: number;
}

export type Operand = Literal | Dot | Nil | Field | Variable | Chain | Identifier | Pipe;

export interface Literal {
  readonly kind: 'string' | 'bool' | 'number';
  readonly value: string | boolean | Numeral;
  readonly text: string;
  readonly offset: number;
}

/** A number that has no type yet: what it is as an int, as a float, and which of the two where nothing asks. */
export interface Numeral {
  /** Undefined when it has a fraction or is too large. */
  readonly integer: bigint | undefined;
  readonly float: number;
  readonly isFloat: boolean;
}

interface Dot {
  readonly kind: 'dot';
  readonly offset: number;
}

interface Nil {
  readonly kind: 'nil';
  readonly offset: number;
}

/** `.a.b` */
interface Field {
  readonly kind: 'field';
  readonly names: readonly string[];
  readonly offset: number;
}

/** `$x.a.b`; `$` is the data that the template was called with. */
interface Variable {
  readonly kind: 'variable';
  readonly name: string;
  readonly names: readonly string[];
  readonly offset: number;
}

/** `(pipeline).a.b` */
interface Chain {
  readonly kind: 'chain';
  readonly of: Operand;
  readonly names: readonly string[];
  readonly offset: number;
}

/** The name of a function. */
interface Identifier {
  readonly kind: 'function';
  readonly name: string;
  readonly offset: number;
}
