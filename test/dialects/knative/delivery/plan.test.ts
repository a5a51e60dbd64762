import { expect, test } from 'vitest';
import { planOf, waitAfterAnswer } from '../../../../src/dialects/knative/delivery/plan.ts';

test.each([
  ['PT3H', '7200', 7_200_000],
  ['PT1H', '7200', 3_600_000],
  ['P3D', '259200', 86_400_000],
  ['PT0S', '7200', 0],
])('a receiver that may ask for %s and asks for %s seconds gets %d ms, a day at the most', (retryAfterMax, header, wait) => {
  expect(waitAfterAnswer(planOf({ retry: 1, retryAfterMax }), 0, 503, header, 0)).toBe(wait);
});
