import { choosing } from './forms/choosing.ts';
import { counting } from './forms/counting.ts';
import type { Form } from './forms/form.ts';
import { lists } from './forms/lists.ts';
import { loops } from './forms/loops.ts';
import { paths } from './forms/paths.ts';
import { recursion } from './forms/recursion.ts';
import { regexForms } from './forms/regex.ts';

/** The built-ins that take filters, or have not exactly one output, by `name/arity`. */
export const forms: ReadonlyMap<string, Form> = new Map(
  Object.entries({ ...choosing, ...counting, ...lists, ...loops, ...paths, ...recursion, ...regexForms }),
);
