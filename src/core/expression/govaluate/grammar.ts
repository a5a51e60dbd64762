/** What kind of word may follow which: all the syntax that govaluate checks before it evaluates. */

export type Kind =
  | 'UNKNOWN'
  | 'PREFIX'
  | 'NUMERIC'
  | 'BOOLEAN'
  | 'STRING'
  | 'TIME'
  | 'VARIABLE'
  | 'ACCESSOR'
  | 'SEPARATOR'
  | 'COMPARATOR'
  | 'LOGICALOP'
  | 'MODIFIER'
  | 'CLAUSE'
  | 'CLAUSE_CLOSE'
  | 'TERNARY';

const kinds = (list: string): ReadonlySet<Kind> => new Set(list.split(' ') as Kind[]);

const afterValue = kinds('MODIFIER COMPARATOR LOGICALOP CLAUSE_CLOSE TERNARY SEPARATOR');
const beforeValue = 'PREFIX NUMERIC BOOLEAN VARIABLE ACCESSOR STRING TIME CLAUSE';

/** A date before `?` and after `+` or `-` is refused, and so is a text behind a prefix. */
const next: Readonly<Record<Kind, ReadonlySet<Kind>>> = {
  UNKNOWN: kinds(beforeValue),
  CLAUSE: kinds(`${beforeValue} CLAUSE_CLOSE`),
  CLAUSE_CLOSE: kinds('COMPARATOR MODIFIER NUMERIC BOOLEAN VARIABLE STRING TIME CLAUSE CLAUSE_CLOSE LOGICALOP TERNARY SEPARATOR'),
  NUMERIC: afterValue,
  BOOLEAN: afterValue,
  STRING: afterValue,
  TIME: kinds('MODIFIER COMPARATOR LOGICALOP CLAUSE_CLOSE SEPARATOR'),
  VARIABLE: afterValue,
  MODIFIER: kinds('PREFIX NUMERIC VARIABLE ACCESSOR STRING BOOLEAN CLAUSE CLAUSE_CLOSE'),
  COMPARATOR: kinds(`${beforeValue} CLAUSE_CLOSE`),
  LOGICALOP: kinds(`${beforeValue} CLAUSE_CLOSE`),
  PREFIX: kinds('NUMERIC BOOLEAN VARIABLE ACCESSOR CLAUSE CLAUSE_CLOSE'),
  TERNARY: kinds(`${beforeValue} SEPARATOR`),
  ACCESSOR: kinds('CLAUSE MODIFIER COMPARATOR LOGICALOP CLAUSE_CLOSE TERNARY SEPARATOR'),
  SEPARATOR: kinds(beforeValue),
};

export const follows = (before: Kind, kind: Kind): boolean => next[before].has(kind);

const ends = kinds('CLAUSE_CLOSE NUMERIC BOOLEAN STRING TIME VARIABLE ACCESSOR');

/** Whether an expression may end with such a word. */
export const mayEnd = (kind: Kind): boolean => ends.has(kind);
