import { fieldSelector } from '../selectors/field.ts';
import { labelSelector, type Matches } from '../selectors/label.ts';
import type { Target } from '../target.ts';

interface Selection {
  readonly matches: Matches;
  /** Whether everything in the collection (or namespace) matches. */
  readonly all: boolean;
}

/** The objects that a list, a watch or a delete of many is about; both selectors look at the version that the client asked for. */
export function selectionOf(target: Target, query: URLSearchParams): Selection {
  const labels = query.get('labelSelector') ?? '';
  const fields = query.get('fieldSelector') ?? '';
  const [byLabel, byField] = [labelSelector(labels), fieldSelector(fields, target.resource)];
  return {
    matches: (object) => byLabel(object) && byField(object) && (target.name === undefined || object.metadata.name === target.name),
    all: labels === '' && fields === '' && target.name === undefined,
  };
}
