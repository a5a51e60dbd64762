import { choicesSaid, defaultOf, type Field, fieldsOf, marksOf, typeOf } from '../../core/schema/fields.ts';
import type { JsonSchema } from '../../core/schema/json-schema.ts';

/** How a page shows its fields. */
interface TableOptions {
  /** Fields with a page of their own, by path (`spec.dependencies[].filters`): the link that stands in place of their own tables. */
  readonly links?: Readonly<Record<string, string>>;
  /** Fields that are not shown, by path. */
  readonly hidden?: ReadonlySet<string>;
}

/**
 * The fields of an object as Markdown tables: one for the object, then one for each object below it, under its path. Lists are
 * written `name[]`, maps whose keys the author chooses `name.NAME`.
 */
export function optionsTable(schema: JsonSchema, path: string, options: TableOptions = {}): string {
  const { links = {}, hidden = new Set() } = options;
  const fields = fieldsOf(schema).filter(({ name }) => !hidden.has(join(path, name)));
  if (fields.length === 0) return '';
  const rows = fields.map((field) => row(field, links[join(path, field.name)]));
  const below = fields
    .filter((field) => links[join(path, field.name)] === undefined && fieldsOf(field.schema).length > 0)
    .map((field) => {
      const at = `${join(path, field.name)}${marksOf(field.schema)}`;
      return `### \`${at}\`\n\n${optionsTable(field.schema, at, options)}`;
    });
  return [['| field | type | left out | |', '|---|---|---|---|', ...rows].join('\n'), ...below].join('\n\n');
}

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

function row({ name, required, schema }: Field, link: string | undefined): string {
  const otherwise = defaultOf(schema);
  const words = [schema.description, choicesSaid(schema), link && `See [${titleOf(link)}](${link}).`];
  const leftOut = required ? 'required' : otherwise === undefined ? '' : `\`${otherwise}\``;
  return `| ${[`\`${name}\``, typeOf(schema), leftOut, words.filter(Boolean).join(' ')].map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** By the name of the page; of a heading on the same page, by where it is. */
const titleOf = (link: string): string => (link.startsWith('#') ? 'above' : link.replace(/^.*\/|\.md$/g, ''));
