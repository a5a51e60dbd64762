import type { KubeObject } from '../../../core/kube/kube.ts';
import { badRequest } from '../status.ts';

export type Matches = (object: KubeObject) => boolean;

/** A requirement in one of its written forms; keys may carry a prefix (`example.com/x`). */
const requirement =
  /^\s*(?:(!)\s*([\w./-]+)|([\w./-]+)\s*(?:(?:(==|=|!=)\s*([\w.-]*))|(?:\s(in|notin)\s*\(([^()]*)\))|(?:(>|<)\s*(-?\d+)))?)\s*$/;

/** Reads a label selector: `a=b, c!=d, e, !f, g in (h, i), j notin (k), l > 3`. All requirements have to hold. Throws a 400. */
export function labelSelector(text: string): Matches {
  const parts = split(text);
  if (parts.length === 0) return () => true;
  const tests = parts.map(testOf);
  return (object) => {
    const labels = object.metadata.labels ?? {};
    return tests.every((test) => test(labels));
  };
}

type Test = (labels: Readonly<Record<string, string>>) => boolean;

function testOf(part: string): Test {
  const match = requirement.exec(part);
  if (!match) throw badRequest(`unable to parse requirement: ${JSON.stringify(part.trim())} is no label requirement`);
  const [, not, absent, key = '', equality, value = '', word, list = '', comparison, bound] = match;
  const has = (labels: Readonly<Record<string, string>>) => Object.hasOwn(labels, key);
  if (not) return (labels) => !Object.hasOwn(labels, absent!);
  if (equality) return (labels) => (has(labels) && labels[key] === value) !== (equality === '!=');
  if (word) {
    const wanted = new Set(list.split(',').map((one) => one.trim()));
    return (labels) => (has(labels) && wanted.has(labels[key]!)) === (word === 'in');
  }
  if (comparison) {
    return (labels) => {
      const number = Number(labels[key]);
      return has(labels) && Number.isInteger(number) && (comparison === '>' ? number > Number(bound) : number < Number(bound));
    };
  }
  return has;
}

/** Splits at commas that are not between brackets. */
function split(text: string): string[] {
  if (text.trim() === '') return [];
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')') depth--;
    else if (at === text.length || (text[at] === ',' && depth === 0)) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return parts;
}
