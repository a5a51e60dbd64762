import { compileRegex } from '../../src/core/regex.ts';
import type { FileSpec } from './spec.ts';

type Rules = Pick<FileSpec, 'eventType' | 'watchPathConfig'>;

/**
 * Whether a file at an absolute path, to which an operation happened, is what the rule asks for. What is compared is the rest of the path
 * behind `directory`, which may end with a slash or not. Throws EngineError CONFIG_REGEX.
 */
export function compileMatch({ eventType, watchPathConfig }: Rules): (path: string, operation: string) => boolean {
  const { directory, path: wanted, pathRegexp } = watchPathConfig;
  const regex = pathRegexp ? compileRegex(pathRegexp) : undefined;
  return (path, operation) => {
    if (operation !== eventType) return false;
    const rest = path.startsWith(directory) ? path.slice(directory.length) : path;
    const name = rest.replace(/^\/+/, '');
    if (wanted) return name === wanted;
    // As upstream sees it too: without a slash at the end of `directory` it is in front of the name.
    return regex !== undefined && (regex.test(name) || regex.test(rest));
  };
}
