import type { Case } from '../adapter.ts';
import type { Difference } from '../differences.ts';

export const tektonBindingDifferences: readonly Difference[] = [
  {
    parts: ['tekton/params'],
    when: ({ bindingParams, event }) =>
      /\$\(/.test(event.body ?? '') && bindingParams.some(({ value }: Case) => /\$\(body\.\w+\).*\$\(body\.\w+\)/.test(value)),
    expected: ({ bindingParams, event, templateParams }) => {
      const body = JSON.parse(event.body);
      const inside = (found: unknown) => (typeof found === 'string' ? JSON.stringify(found).slice(1, -1) : JSON.stringify(found));
      const replaced = (value: string) => value.replace(/\$\(body\.(\w+)\)/g, (_, key) => inside(body[key]));
      const defaults = (templateParams ?? []).filter((param: Case) => param['default'] !== undefined);
      return {
        want: Object.fromEntries([
          ...defaults.map((param: Case) => [param['name'], param['default']]),
          ...bindingParams.map(({ name, value }: Case) => [name, replaced(value)]),
        ]),
      };
    },
    because: '20.3: expressions are replaced once; what stands in an event is none',
  },
];
