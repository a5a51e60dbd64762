import type { Checked } from '../../../../sensors/checked.ts';
import { error, type Path } from '../../../core/errors/finding.ts';
import { attributeOf, isAttributeName, type Keyed, missing } from './filter.ts';

/**
 * `filter.attributes`: all must be equal, and an empty text asks only that the attribute is there. Values are compared as texts, so an
 * extension that was sent as a number or a boolean is never equal.
 */
export function compileAttributes(spec: Readonly<Record<string, string>>, path: Path): Checked<Keyed> {
  const wanted = Object.entries(spec);
  const findings = wanted
    .filter(([name]) => !isAttributeName(name))
    .map(([name]) => {
      const problem = `"${name}" is no name of an attribute: a lower-case letter, then lower-case letters and digits`;
      return error('CONFIG_INVALID', [...path, name], { problem }, { atKey: true });
    });
  return {
    findings,
    value: {
      exact: new Map(wanted.filter(([name, value]) => value !== '' && name !== 'schemaurl' && name !== 'datamediatype')),
      filter(attributes) {
        for (const [name, value] of wanted) {
          const found = attributeOf(attributes, name);
          if (found === value && found !== '') continue;
          if (value === '' && found !== undefined && found !== '') continue;
          const at = `filter.attributes.${name}`;
          if (found === undefined || found === '') return { at, because: missing(name) };
          const because = typeof found === 'string' ? `${name} is "${found}", not "${value}"` : typed(name, found, value);
          return { at, because };
        }
        return undefined;
      },
    },
  };
}

const typed = (name: string, found: number | boolean, value: string): string =>
  `${name} is the ${typeof found === 'number' ? 'integer' : 'boolean'} ${found}, and only a text can be "${value}"`;
