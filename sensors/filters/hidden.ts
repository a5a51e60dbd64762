/** Paths that may lead to a value of a Secret, and payloads that may hold one: reasons are logged, and such a value must not be. */
export const mayBeHidden = (path: string): boolean => /(?:^|\.)(?:data|stringData)\./.test(path);

export const holdsSecret = (payload: string): boolean => /"(?:Secret|secrets)"/.test(payload);
