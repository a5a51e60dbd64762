import { compileTemplate, oldEscapeQuotes } from '../../../src/dialects/tekton/templates/index.ts';
import type { Adapter, Case } from '../adapter.ts';

/** What counts is what the texts are once they are read: ours are trees. */
export const tektonTemplate: Adapter = {
  expected: ({ wantParsed }) => ({ wantParsed }),
  run({ templates, params, uid, oldEscapeQuotes: isOld }) {
    const resourcetemplates = templates.map((text: string) => JSON.parse(text));
    const values = new Map<string, string>(params.map(({ name, value }: Case) => [name, value]));
    const made = compileTemplate({ resourcetemplates }, isOld ? { [oldEscapeQuotes]: 'yes' } : {})(values, uid);
    return { wantParsed: made.map((object) => ({ object })) };
  },
};
