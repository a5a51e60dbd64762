/**
 * The flags of the program `argo` that we understand without it: those that say what is submitted. How long the program waits or what it
 * prints is its own affair.
 */
import type { Operation } from './spec.ts';

/** What the flags of one operation ask for. */
export interface Options {
  readonly parameters: ReadonlyMap<string, string>;
  readonly labels: Readonly<Record<string, string>>;
  readonly name?: string;
  readonly generateName?: string;
  readonly entrypoint?: string;
  readonly serviceAccount?: string;
  readonly priority?: number;
  readonly namespace?: string;
}

/** The flags, and what is wrong with them; `at` is the index of the item. */
export interface Read {
  readonly options: Options;
  readonly problems: readonly { readonly at: number; readonly problem: string; readonly isForProgram: boolean }[];
}

const short: Readonly<Record<string, string>> = { p: 'parameter', n: 'namespace', l: 'labels' };

const ofObjects = ['name', 'generate-name', 'labels', 'entrypoint', 'serviceaccount', 'priority'];
const known = (operation: Operation): readonly string[] => {
  if (operation === 'submit' || operation === 'submit-from') return ['namespace', 'parameter', ...ofObjects];
  return operation === 'resubmit' ? ['namespace', 'parameter'] : ['namespace'];
};

/** Reads `--flag value`, `--flag=value`, `-f value` and `-fvalue`, the last one of several counting where there can be only one. */
export function readArgs(args: readonly string[], operation: Operation): Read {
  const problems: Read['problems'][number][] = [];
  const values = new Map<string, string>();
  const parameters = new Map<string, string>();
  const labels: Record<string, string> = {};
  const refuse = (at: number, problem: string, isForProgram = false) => problems.push({ at, problem, isForProgram });

  for (let at = 0; at < args.length; at++) {
    const flag = flagOf(args[at]!);
    if (!flag) {
      refuse(at, `"${args[at]}" is no flag`);
      continue;
    }
    if (!known(operation).includes(flag.name)) {
      refuse(at, `the flag ${flag.written} of \`argo ${operation}\` needs the program \`argo\``, true);
      if (flag.value === undefined && args[at + 1] !== undefined && !args[at + 1]!.startsWith('-')) at += 1;
      continue;
    }
    const begins = at;
    const value = flag.value ?? args[++at];
    if (value === undefined) refuse(begins, `${flag.written} needs a value in the item behind it`);
    else if (flag.name === 'parameter') {
      const pair = pairOf(value);
      if (pair) parameters.set(...pair);
      else refuse(at, `${flag.written} needs name=value, not "${value}"`);
    } else if (flag.name === 'labels') {
      const pairs = value.split(',').map(pairOf);
      for (const pair of pairs) if (pair) labels[pair[0]] = pair[1];
      if (pairs.includes(undefined)) refuse(at, `${flag.written} needs name=value, joined by commas, not "${value}"`);
    } else if (flag.name === 'priority' && !/^-?\d+$/.test(value)) refuse(at, `${flag.written} needs a whole number, not "${value}"`);
    else values.set(flag.name, value);
  }
  return { options: optionsOf(values, parameters, labels), problems };
}

/** `-p name=value` in one item is read as it is meant; the program would make a parameter of the name " name". */
function flagOf(item: string): { name: string; written: string; value: string | undefined } | undefined {
  const long = /^--([a-z-]+)(?:=(.*))?$/s.exec(item);
  if (long) return { name: long[1]!, written: `--${long[1]}`, value: long[2] };
  const brief = /^-([A-Za-z])(.*)$/s.exec(item);
  if (!brief) return undefined;
  const [, letter, rest] = brief;
  return { name: short[letter!] ?? letter!, written: `-${letter}`, value: rest ? rest.replace(/^=/, '').trimStart() : undefined };
}

function pairOf(text: string): [string, string] | undefined {
  const at = text.indexOf('=');
  return at < 1 ? undefined : [text.slice(0, at), text.slice(at + 1)];
}

function optionsOf(values: ReadonlyMap<string, string>, parameters: ReadonlyMap<string, string>, labels: Record<string, string>): Options {
  const text = <Key extends string>(key: Key, flag: string) => {
    const value = values.get(flag);
    return value ? ({ [key]: value } as Record<Key, string>) : {};
  };
  const priority = values.get('priority');
  return {
    parameters,
    labels,
    ...text('name', 'name'),
    ...text('generateName', 'generate-name'),
    ...text('entrypoint', 'entrypoint'),
    ...text('serviceAccount', 'serviceaccount'),
    ...text('namespace', 'namespace'),
    ...(priority === undefined ? {} : { priority: Number(priority) }),
  };
}
