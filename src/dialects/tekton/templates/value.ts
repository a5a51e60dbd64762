import { literalText } from '../../../../sensors/triggers/tekton/param-value.ts';

/** How values are put into one resource. */
export interface Manner {
  /** The template has the annotation `triggers.tekton.dev/old-escape-quotes`. */
  readonly oldEscapeQuotes: boolean;
  /** `$(…)` is a variable for whoever runs the resource: in a value it is not one. */
  readonly hasVariables: boolean;
}

/**
 * The text that a param stands for. Its value is the inside of a JSON text, as bindings give it; what cannot be that (a quote or a line
 * feed that stands bare, an object) stands for itself.
 */
export function textOfValue(value: string, { oldEscapeQuotes, hasVariables }: Manner): string {
  const text = (oldEscapeQuotes ? insideOf(value.replaceAll('"', '\\"')) : undefined) ?? insideOf(value) ?? value;
  return hasVariables ? literalText(text) : text;
}

function insideOf(value: string): string | undefined {
  try {
    const text: unknown = JSON.parse(`"${value}"`);
    return text as string;
  } catch {
    return undefined;
  }
}
