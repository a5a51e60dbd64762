import { fn, type GoFunction } from '../../go/function.ts';
import { parseConstraint } from './semver/constraint.ts';
import { Version } from './semver/version.ts';

export const semver: Readonly<Record<string, GoFunction>> = {
  semver: fn(['string'], ([text]) => new Version(text)),
  semverCompare: fn(['string', 'string'], ([constraint, version]) => parseConstraint(constraint)(new Version(version))),
};
