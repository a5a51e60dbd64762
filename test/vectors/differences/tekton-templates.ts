import { createHash } from 'node:crypto';
import type { Case } from '../adapter.ts';
import type { Difference } from '../differences.ts';

export const tektonTemplateDifferences: readonly Difference[] = [
  {
    parts: ['tekton/template'],
    when: ({ params, oldEscapeQuotes }) => params.some(({ value }: Case) => insideOf(quoted(value, oldEscapeQuotes)) === undefined),
    expected: ({ templates, params, uid, oldEscapeQuotes }) => ({ wantParsed: templates.map(made(params, uid, oldEscapeQuotes)) }),
    because: '20.2: values go into the tree; one that is no inside of a JSON text is itself',
  },
  {
    parts: ['tekton/template'],
    when: ({ params }) => params.some(({ value }: Case) => /\$\((?:uid|tt\.params\.)/.test(value)),
    expected: ({ templates, params, uid, oldEscapeQuotes }) => ({ wantParsed: templates.map(made(params, uid, oldEscapeQuotes)) }),
    because: '20.2: one pass, in which a value is not read as a variable',
  },
  {
    parts: ['tekton/create'],
    when: ({ resource: { metadata = {} } }) => metadata.generateName && !metadata.name,
    expected: ({ resource, want }) => {
      const name = `${resource.metadata.generateName}${createHash('sha256').update('f1:0').digest('hex').slice(0, 10)}`;
      return want ? { want: { ...want, metadata: { ...want.metadata, name } } } : {};
    },
    because: '20.7: the name is made of the firing, so that a repeat finds what was created',
  },
];

const quoted = (value: string, isOld: boolean): string => (isOld ? value.split('"').join('\\"') : value);

function insideOf(value: string): string | undefined {
  try {
    return JSON.parse(`"${value}"`);
  } catch {
    return undefined;
  }
}

/** The whole text with its places marked, read, and then each mark exchanged for its value. */
const made = (params: readonly Case[], uid: string, isOld: boolean) => (template: string) => {
  const values = new Map(
    params.map(({ name, value }) => [`tt.params.${name}`, insideOf(quoted(value, isOld)) ?? insideOf(value) ?? value]),
  );
  const text = (written: string) =>
    written.replace(/\$\((uid|tt\.params\.[\w.-]+)\)/g, (place, name) => {
      if (name === 'uid') return uid;
      return values.get(name)?.split('$(').join('$$(') ?? place;
    });
  return { object: JSON.parse(template, (_, value) => (typeof value === 'string' ? text(value) : value)) };
};
