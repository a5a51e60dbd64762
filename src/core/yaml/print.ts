import { stringify } from 'yaml';

/** A value as YAML text, keys in their own order, long texts unbroken. */
export function toYaml(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false }).trimEnd();
}
