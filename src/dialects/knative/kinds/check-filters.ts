import type { Finding, Path } from '../../../core/errors/finding.ts';

export function checkFilters(_filters: readonly unknown[] | undefined, _path: Path): Finding[] {
  return [];
}

export function checkAttributes(_attributes: Readonly<Record<string, string>> | undefined, _path: Path): Finding[] {
  return [];
}
