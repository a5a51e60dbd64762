import { fetchPage } from '../../../src/core/http/fetch-text.ts';
import { type Fetch, largest } from './kept.ts';

/** Milliseconds for which a page of which nothing is known counts as the same. */
const unmarked = 60_000;

/** A page: its ETag, or the time of its last change, tells whether it has changed. */
export const urlArtifact =
  ({ path, verifyCert }: { path: string; verifyCert?: boolean | undefined }): Fetch =>
  async (known, signal) => {
    const page = await fetchPage(path, { verify: verifyCert, signal, limit: largest, mark: known });
    return page === 'same' || page.mark ? page : { ...page, freshFor: unmarked };
  };
