import type { Drill } from '../drill.ts';
import { burst } from './burst.ts';
import { target503 } from './target-503.ts';

/** All of them, in the order in which they are held. */
export const drills: readonly Drill[] = [burst, target503];
