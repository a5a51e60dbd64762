/**
 * What a TriggerTemplate makes of the params of one event: whole resources, not yet created.
 *
 * Compiled once, pure. Values are put into the tree of a resource and never into its text, so that no quote and no line feed in an event
 * can break it or add to it; variables are replaced in one pass, so that a value is never read as one.
 */
import { stableId } from '../../../core/event/stable-id.ts';
import type { JsonObject } from '../../../core/json/json.ts';
import { compileTree, type Values } from './fill.ts';
import { textOfValue } from './value.ts';
import { hasVariables } from './variables.ts';

/** As the spec of a TriggerTemplate has it. */
export interface TemplateSpec {
  readonly params?: readonly { readonly name: string; readonly default?: string | undefined }[] | undefined;
  readonly resourcetemplates: readonly Readonly<Record<string, unknown>>[];
}

/** On a TriggerTemplate, with any value. */
export const oldEscapeQuotes = 'triggers.tekton.dev/old-escape-quotes';

/** `uid` stands in the place of `$(uid)`, in all resources of one firing. A variable that nobody gives stays as it is written. */
export type Template = (params: ReadonlyMap<string, string>, uid: string) => readonly JsonObject[];

/** Never throws. `spec` is in today's form; `annotations` are those of the TriggerTemplate. */
export function compileTemplate(spec: TemplateSpec, annotations: Readonly<Record<string, string>> = {}): Template {
  const resources = spec.resourcetemplates.map((resource) => {
    const manner = { oldEscapeQuotes: oldEscapeQuotes in annotations, hasVariables: hasVariables(resource as JsonObject) };
    return { manner, fill: compileTree(resource as JsonObject) };
  });
  return (params, uid) =>
    resources.map(({ manner, fill }) => {
      const values: Values = {
        param: (name) => {
          const value = params.get(name);
          return value === undefined ? undefined : textOfValue(value, manner);
        },
        uid,
        hasVariables: manner.hasVariables,
      };
      return fill(values) as JsonObject;
    });
}

/** What `$(uid)` is for a firing: the same whenever the firing is tried again, in the form of a random UUID. */
export function uidOf(firingId: string): string {
  const hex = stableId('tekton-uid', firingId);
  const variant = '89ab'[Number.parseInt(hex[16]!, 16) % 4];
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `${variant}${hex.slice(17, 20)}`, hex.slice(20)].join('-');
}
