import type { Case } from '../adapter.ts';
import type { Difference } from '../differences.ts';

export const tektonBindingDifferences: readonly Difference[] = [
  {
    parts: ['tekton/params'],
    when: ({ bindingParams, event }) =>
      /\$\(/.test(event.body ?? '') && bindingParams.some(({ value }: Case) => /\$\(body\.\w+\).*\$\(body\.\w+\)/.test(value)),
    expected: ({ bindingParams, event }) => {
      const body = JSON.parse(event.body);
      const replaced = (value: string) => value.replace(/\$\(body\.(\w+)\)/g, (_, key) => String(body[key]));
      return { want: Object.fromEntries(bindingParams.map(({ name, value }: Case) => [name, replaced(value)])) };
    },
    because: '20.3: expressions are replaced once; what stands in an event is none',
  },
];
