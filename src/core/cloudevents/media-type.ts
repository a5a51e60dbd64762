/** Whether data of this content type is JSON; so is data that has none. */
export const isJsonType = (type: string | undefined): boolean => type === undefined || /^[^;]*[/+]json\s*(?:;|$)/i.test(type);

/** Whether data of this content type is text of another kind, so that it can stand in JSON as such. */
export const isTextType = (type: string | undefined): boolean =>
  type !== undefined &&
  !isJsonType(type) &&
  /^(?:text\/|[^;]*[/+](?:x-)?(?:xml|yaml|csv|javascript|x-www-form-urlencoded)\s*(?:;|$))/i.test(type);

export const mediaTypeOf = (type: string): string => type.split(';', 1)[0]!.trim();
