/**
 * The two expression languages of Argo Events: govaluate, in which the filters of a sensor are written, and expr-lang, in which those of an
 * event source are. See `README.md`.
 */
export { compileArgoExpression } from './argo.ts';
export { compileGovaluate, type Govaluate } from './govaluate/index.ts';
