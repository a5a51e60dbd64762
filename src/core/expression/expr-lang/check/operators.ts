import {
  any,
  arrayOf,
  bool,
  combined,
  duration,
  either,
  float,
  integer,
  isAssignable,
  isComparable,
  isNumber,
  nil,
  string,
  type Type,
  time,
} from './types.ts';

const isBool = ({ kind }: Type): boolean => kind === 'bool';
const isString = ({ kind }: Type): boolean => kind === 'string';
const isInteger = ({ kind }: Type): boolean => kind === 'int';
const isTime = ({ name }: Type): boolean => name === time.name;
const isDuration = ({ name }: Type): boolean => name === duration.name;

/** What an operator gives for two types; undefined when they do not go together, and as a text what is wrong. */
export function typeOfBinary(sign: string, l: Type, r: Type): Type | string | undefined {
  switch (sign) {
    case '==':
    case '!=':
      return isComparable(l, r) ? bool : undefined;
    case 'or':
    case '||':
    case 'and':
    case '&&':
      return (isBool(l) && isBool(r)) || either(l, r, isBool) ? bool : undefined;
    case '<':
    case '>':
    case '<=':
    case '>=':
      if ((isNumber(l) && isNumber(r)) || (isString(l) && isString(r)) || (isTime(l) && isTime(r))) return bool;
      return either(l, r, isNumber, isString, isTime) ? bool : undefined;
    case '+':
      if (isNumber(l) && isNumber(r)) return combined(l, r);
      if (isString(l) && isString(r)) return string;
      if ((isTime(l) && isDuration(r)) || (isDuration(l) && isTime(r))) return time;
      return either(l, r, isNumber, isString, isTime, isDuration) ? any : undefined;
    case '-':
      if (isNumber(l) && isNumber(r)) return combined(l, r);
      if (isTime(l) && isTime(r)) return duration;
      if (isTime(l) && isDuration(r)) return time;
      return either(l, r, isNumber, isTime) ? any : undefined;
    case '*':
      if (isNumber(l) && isNumber(r)) return combined(l, r);
      return either(l, r, isNumber) ? any : undefined;
    case '/':
    case '**':
    case '^':
      return (isNumber(l) && isNumber(r)) || either(l, r, isNumber) ? float : undefined;
    case '%':
      if (isInteger(l) && isInteger(r)) return combined(l, r);
      return either(l, r, isInteger) ? any : undefined;
    case 'matches':
    case 'contains':
    case 'startsWith':
    case 'endsWith':
      return (isString(l) && isString(r)) || either(l, r, isString) ? bool : undefined;
    case '..':
      return (isInteger(l) && isInteger(r)) || either(l, r, isInteger) ? arrayOf(integer) : undefined;
    case '??':
      if (l.kind === 'nil') return r.kind === 'nil' ? nil : r;
      return r.kind === 'nil' || isAssignable(r, l) ? l : any;
    default:
      return typeOfIn(l, r);
  }
}

function typeOfIn(l: Type, r: Type): Type | string | undefined {
  if (r.kind === 'map') {
    if (l.kind === 'nil' || l.kind === 'any' || isAssignable(l, r.key!)) return bool;
    return `cannot use ${l.name} as type ${r.key!.name} in map key`;
  }
  if (r.kind === 'array') {
    for (const element of [r.element!, r.literalElement ?? any]) {
      if (!isComparable(l, element)) return `cannot use ${l.name} as type ${element.name} in array`;
    }
    return bool;
  }
  if (r.kind === 'any' || (l.kind === 'any' && r.kind === 'string')) return bool;
  return l.kind === 'any' && r.kind === 'struct' ? bool : undefined;
}
