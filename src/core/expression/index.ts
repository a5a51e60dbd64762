/**
 * The two expression languages of Argo Events: govaluate, in which the filters of a sensor are written, and expr-lang, in which those of an
 * event source are. See `README.md`.
 */
export { type ArgoExpression, compileArgoExpression } from './argo.ts';
export { compileExpression, type Expression, type ExpressionOptions } from './expr-lang/index.ts';
export { compileGovaluate, type Govaluate } from './govaluate/index.ts';
export type { ExpressionLimits } from './limits.ts';
