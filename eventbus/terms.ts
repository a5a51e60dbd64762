/** For how long a lease holds without a renewal, and how often its owner renews it. In milliseconds; the same in every driver. */
export const leaseTerms = { ttl: 2000, renewEvery: 500 } as const;

/** A delivery that nobody ends or keeps alive comes again after this many milliseconds. */
export const ackWait = 2000;

/** How long the dead-letter store keeps what was given up, in milliseconds. */
export const parkedFor = 14 * 24 * 3_600_000;

/** A durable that nobody has pulled for this long no longer keeps messages on a stream that is full. In milliseconds. */
export const claimLastsFor = 24 * 3_600_000;
