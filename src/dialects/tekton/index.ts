import type { Dialect } from '../dialect.ts';
import { tektonAdvice } from './advice/index.ts';
import { tektonKinds } from './kinds/index.ts';
import { needsOf } from './needs.ts';

/** Tekton Triggers: EventListeners, and all that they name. */
export const tekton: Dialect = {
  name: 'tekton',
  kinds: tektonKinds,
  looksAt: [],
  needs: needsOf,
  advise: tektonAdvice,
  translation: async () => (await import('./translate/index.ts')).translateTekton,
};
