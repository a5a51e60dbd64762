import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Build } from '../core/telemetry/argo-metrics.ts';
import { packageRoot } from './package-root.ts';

/** The version in package.json. */
export function version(): string {
  const file = join(packageRoot(), 'package.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version : 'unknown';
}

export const build = (): Build => ({ version: version(), node: process.version, arch: process.arch });
