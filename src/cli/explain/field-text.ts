import { choicesOf, choicesSaid, defaultOf, marksOf, typeOf } from '../../core/schema/fields.ts';
import { toYaml } from '../../core/yaml/print.ts';
import { parts } from '../../manifests/generate/parts.ts';
import { below, type Place } from './place.ts';
import type { Subject } from './subjects.ts';
import { wrap } from './wrap.ts';

export interface TextOptions {
  /** All fields below, by name and type only. */
  readonly recursive: boolean;
  /** Columns. */
  readonly width: number;
}

/** A place of a kind as text, in the form of `kubectl explain`. */
export function fieldText(subject: Subject, place: Place, { recursive, width }: TextOptions): string {
  const { schema, path } = place;
  const part = parts.find((one) => one.kind === subject.title && one.path.replace(/\.NAME$/, '') === path);
  const whole = path === '';
  const choices = choicesOf(schema);
  const otherwise = defaultOf(schema);
  const fields = below(place);
  return [
    `KIND:     ${subject.title}\nVERSION:  ${subject.version}${whole ? '' : `\nFIELD:    ${path} ${mark(place)}`}`,
    section('DESCRIPTION', wrap(whole ? `${subject.summary} ${subject.about}` : (schema.description ?? ''), 4, width)),
    choices.length > 0 && section('ONE OF', choices.map((one) => `    ${one}`).join('\n')),
    otherwise !== undefined && section('DEFAULT', `    ${otherwise}`),
    fields.length > 0 && section('FIELDS', recursive ? tree(fields, 2) : fields.map((field) => entry(field, width)).join('\n\n')),
    ...(part?.component.examples ?? []).map(({ title, spec }) => section(`EXAMPLE: ${title}`, indented(toYaml(part!.inRule(spec))))),
    fields.length > 0 &&
      !recursive &&
      `More: sensorium explain ${[subject.name, `${path}${marksOf(schema)}`.replaceAll('[]', ''), 'FIELD'].filter(Boolean).join('.')}`,
  ]
    .filter((one) => typeof one === 'string')
    .join('\n\n');
}

const section = (title: string, text: string): string => `${title}:\n${text}`;

const indented = (text: string): string => text.replace(/^/gm, '    ');

const nameOf = ({ path }: Place): string => path.slice(path.lastIndexOf('.') + 1);

const mark = ({ schema, required }: Place): string => `<${typeOf(schema)}>${required ? ' -required-' : ''}`;

function entry(field: Place, width: number): string {
  const { schema } = field;
  const otherwise = defaultOf(schema);
  const text = [schema.description, choicesSaid(schema), otherwise && `Default: ${otherwise}.`].filter(Boolean).join(' ');
  return `  ${nameOf(field)} ${mark(field)}\n${wrap(text, 4, width)}`;
}

function tree(fields: readonly Place[], indent: number): string {
  return fields
    .flatMap((field) => {
      const inner = below(field);
      return [`${' '.repeat(indent)}${nameOf(field)} ${mark(field)}`, ...(inner.length > 0 ? [tree(inner, indent + 2)] : [])];
    })
    .join('\n');
}
