import { stringify } from 'yaml';

/**
 * A value as YAML text, keys in their own order, long texts unbroken. Texts that YAML 1.1 takes for something else, such as `on`, are
 * quoted: kubectl reads them so.
 */
export function toYaml(value: unknown): string {
  return stringify(value, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false }).trimEnd();
}
