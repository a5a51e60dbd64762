import { existsSync, readFileSync } from 'node:fs';
import type { Build } from '../core/telemetry/argo-metrics.ts';

/** The version in package.json, which stands one folder higher once compiled. */
export function version(): string {
  const file = [new URL('../../package.json', import.meta.url), new URL('../../../package.json', import.meta.url)].find(existsSync);
  return file ? (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version : 'unknown';
}

export const build = (): Build => ({ version: version(), node: process.version, arch: process.arch });
