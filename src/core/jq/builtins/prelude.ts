export const prelude: ReadonlyMap<string, string> = new Map();
